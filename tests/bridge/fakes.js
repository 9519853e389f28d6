// Google's side of the script, strict: what is not modelled here throws, and so does what Google would refuse.
// Runs in any V8. A test reads and changes `world`; `world.fetch` decides what a request is answered.

var world = {
  locale: "en",
  token: "header.eyJhdWQiOiJhdWQtMSIsImlzcyI6Imh0dHBzOi8vYWNjb3VudHMuZ29vZ2xlLmNvbSIsImV4cCI6MCwiZW1haWwiOiJhbm5AYWNtZS5leGFtcGxlIiwic3ViIjoiNDIiLCJlbWFpbF92ZXJpZmllZCI6dHJ1ZX0.signature",
  manifest: { oauthScopes: [], urlFetchWhitelist: [] },
  files: {},
  authorised: true,
  editor: true,
  lockIsFree: true,
  locks: [],
  spreadsheet: { id: "1AbCdEfGhIjKlMnOpQrStUvWxYz", tabs: ["客户", "设置"], active: "客户", metadata: [] },
  selection: { sheetId: 7, row: 5, lastRow: 9 },
  uuids: 0,
  menu: null,
  sidebar: null,
  toasts: [],
  sent: [],
  used: [],
  broken: [],
  marked: () => {},
  fetch: () => { throw new Error("No answer is scripted."); },
};

var SCOPE = "https://www.googleapis.com/auth/";
var UI = SCOPE + "script.container.ui";
var SHEET = SCOPE + "spreadsheets.currentonly";
var OUT = SCOPE + "script.external_request";

/** Throws for what the script should never do, and keeps it, so that a test sees it even where it is caught. */
function refuse(message) {
  world.broken.push(message);
  throw new Error(message);
}

/** Gives an object of which only what is modelled can be touched. */
function strict(name, members) {
  return new Proxy(members, {
    get(target, key) {
      if (key in target || typeof key === "symbol") return target[key];
      refuse(`${name}.${key} is not modelled.`);
    },
    set(target, key) {
      refuse(`${name}.${String(key)} cannot be set.`);
    },
  });
}

/** Refuses what the manifest has no scope for, and what a person who has not authorised the script cannot do. */
function need(...scopes) {
  scopes.forEach((scope) => world.used.includes(scope) || world.used.push(scope));
  const missing = scopes.filter((scope) => !world.manifest.oauthScopes.includes(scope));
  if (missing.length) refuse(`Specified permissions are not sufficient: ${missing.join(", ")}`);
  if (!world.authorised) throw new Error("Authorization is required to perform that action.");
}

/** Refuses arguments of a kind that Google's method does not take. */
function wants(name, args, ...kinds) {
  const wrong = args.length !== kinds.length || args.some((arg, at) => kinds[at] !== "any" && typeof arg !== kinds[at]);
  if (wrong) refuse(`The parameters (${args.map((arg) => typeof arg).join()}) don't match ${name}.`);
}

var Session = strict("Session", { getActiveUserLocale: () => world.locale });

var ScriptApp = strict("ScriptApp", {
  getIdentityToken() {
    need("openid", SCOPE + "userinfo.email");
    return world.token;
  },
});

var Utilities = strict("Utilities", {
  getUuid: () => `00000000-0000-4000-8000-${String(++world.uuids).padStart(12, "0")}`,
  base64DecodeWebSafe(...args) {
    wants("Utilities.base64DecodeWebSafe", args, "string");
    return decodeBase64(args[0]);
  },
  newBlob(...args) {
    wants("Utilities.newBlob", args, "any");
    return strict("Blob", { getDataAsString: () => decodeURIComponent(escape(String.fromCharCode(...args[0]))) });
  },
});

function decodeBase64(text) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const bytes = [];
  let bits = 0, held = 0;
  for (const letter of text.replace(/=+$/, "")) {
    held = (held << 6) | letters.indexOf(letter);
    bits += 6;
    if (bits >= 8) bytes.push((held >> (bits -= 8)) & 255);
  }
  return bytes;
}

var LockService = strict("LockService", {
  getDocumentLock() {
    need();
    return strict("Lock", {
      tryLock(...args) {
        wants("Lock.tryLock", args, "number");
        world.locks.push(world.lockIsFree ? "taken" : "refused");
        return world.lockIsFree;
      },
      releaseLock: () => void world.locks.push("released"),
    });
  },
});

function spreadsheetFake() {
  return strict("Spreadsheet", {
    getId: () => world.spreadsheet.id,
    getActiveRange: () => world.selection && rangeFake(world.selection),
    getSheetByName: (name) => (world.spreadsheet.tabs.includes(name) ? strict("Sheet", { getName: () => name }) : null),
    setActiveSheet: (sheet) => { world.spreadsheet.active = sheet.getName(); },
    toast: (...args) => { wants("Spreadsheet.toast", args, "string", "string"); world.toasts.push(args); },
    addDeveloperMetadata(...args) {
      wants("Spreadsheet.addDeveloperMetadata", args, "string", "string", "string");
      if (!world.editor) throw new Error("You do not have permission to edit this document.");
      world.spreadsheet.metadata.push({ key: args[0], value: args[1], visibility: args[2] });
      world.marked(args[0], args[1]);
    },
    getDeveloperMetadata: () => world.spreadsheet.metadata.map(markFake),
  });
}

function rangeFake({ sheetId, row, lastRow }) {
  return strict("Range", {
    getRow: () => row,
    getLastRow: () => lastRow,
    getSheet: () => strict("Sheet", { getSheetId: () => sheetId }),
  });
}

function markFake(mark) {
  return strict("DeveloperMetadata", {
    getKey: () => mark.key,
    getValue: () => mark.value,
    remove: () => { world.spreadsheet.metadata = world.spreadsheet.metadata.filter((each) => each !== mark); },
  });
}

function menuFake(caption) {
  const items = [];
  const menu = strict("Menu", {
    addItem(...args) {
      wants("Menu.addItem", args, "string", "string");
      items.push(args);
      return menu;
    },
    addToUi: () => { world.menu = { caption, items }; },
  });
  return menu;
}

var SpreadsheetApp = strict("SpreadsheetApp", {
  DeveloperMetadataVisibility: strict("DeveloperMetadataVisibility", { DOCUMENT: "DOCUMENT", PROJECT: "PROJECT" }),
  // A menu may be built before anybody authorised anything.
  getUi: () => strict("Ui", {
    createMenu(...args) {
      wants("Ui.createMenu", args, "string");
      return menuFake(args[0]);
    },
    createAddonMenu: () => menuFake(null),
    showSidebar(...args) {
      need(UI);
      wants("Ui.showSidebar", args, "object");
      world.sidebar = { title: args[0].getTitle(), html: args[0].getContent() };
    },
  }),
  getActiveSpreadsheet() {
    need(SHEET);
    return spreadsheetFake();
  },
  flush: () => need(SHEET),
});

var HtmlService = strict("HtmlService", {
  createHtmlOutputFromFile: (name) => outputFake(fileOf(name)),
  createTemplateFromFile: (name) => templateFake(fileOf(name)),
});

function fileOf(name) {
  if (!(name in world.files)) refuse(`No HTML file named ${name} was found.`);
  return world.files[name];
}

function outputFake(html) {
  let title = "";
  const output = strict("HtmlOutput", {
    getContent: () => html,
    getTitle: () => title,
    setTitle: (text) => { title = text; return output; },
  });
  return output;
}

/** A template: its own names are seen by its scriptlets; what they print is escaped unless they say `!=`. */
function templateFake(html) {
  const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return {
    evaluate() {
      const own = Object.keys(this).filter((key) => key !== "evaluate");
      const printed = (code) => new Function(...own, `return (${code});`)(...own.map((key) => this[key]));
      return outputFake(html.replace(/<\?(!?)=(.*?)\?>/gs, (_, raw, code) => (raw ? String : escaped)(String(printed(code)))));
    },
  };
}

var OPTIONS = ["contentType", "followRedirects", "headers", "method", "muteHttpExceptions", "payload"];

var UrlFetchApp = strict("UrlFetchApp", {
  fetch(...args) {
    need(OUT);
    wants("UrlFetchApp.fetch", args, "string", "object");
    const [url, options] = args;
    if (!world.manifest.urlFetchWhitelist.some((prefix) => url.startsWith(prefix))) refuse(`Attempted access to a URL not in whitelist: ${url}`);
    if (url.length > 2048) refuse("The URL is too long.");
    const unknown = Object.keys(options).filter((key) => !OPTIONS.includes(key));
    if (unknown.length) refuse(`Invalid option ${unknown.join()}`);
    if (!["get", "post"].includes(options.method)) refuse(`Invalid method ${options.method}`);
    world.sent.push({ url, ...options });
    return responseFake(world.fetch(url, options), options.muteHttpExceptions);
  },
});

function responseFake({ status, text, headers = {} }, muted) {
  if (status >= 400 && !muted) refuse(`Request failed returned code ${status}.`);
  return strict("HTTPResponse", {
    getResponseCode: () => status,
    getContentText: () => text,
    getAllHeaders: () => headers,
  });
}

/** Calls a function as a menu or a page does: by name, never a private one, with plain values in and out. */
function callByName(name, ...args) {
  const called = globalThis[name];
  if (name.endsWith("_") || typeof called !== "function") refuse(`Script function not found: ${name}`);
  const answer = called(...JSON.parse(JSON.stringify(args)));
  return answer === undefined ? null : JSON.parse(JSON.stringify(answer));
}
