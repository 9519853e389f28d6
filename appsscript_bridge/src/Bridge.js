/** One call to the backend, and what becomes of its answer. */

/**
 * Which words stand for an answer whose code has none of its own.
 * @type {Readonly<Record<number, string>>}
 */
const CODE_OF_STATUS_ = Object.freeze({
  400: "arguments-wrong",
  401: "not-signed-in",
  403: "role-missing",
  404: "register-unknown",
  409: "already-running",
  422: "arguments-wrong",
  429: "too-many-requests",
  502: "not-ready",
  503: "not-ready",
  504: "not-ready",
});

/** Seconds to wait when the backend asks for patience and does not say how much. */
const USUAL_WAIT_ = 10;

/**
 * Calls the backend as the person at the sheet. Where it asks for a proof that this person may edit the sheet,
 * gives the proof and calls once more.
 * @param {"get" | "post"} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Answer}
 */
function call_(method, path, body) {
  const answer = fetch_(method, path, body);
  if (answer.ok || answer.failure.code !== "proof-needed") return answer;
  const proof = prove_();
  return proof.ok ? fetch_(method, path, body) : proof;
}

/**
 * Sends one request.
 * @param {"get" | "post"} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Answer}
 */
function fetch_(method, path, body) {
  const token = ScriptApp.getIdentityToken();
  if (!token) return failure_("no-identity");
  try {
    return read_(UrlFetchApp.fetch(INSTALL_.backend + path, request_(method, token, body)));
  } catch (problem) {
    return failure_("no-network", { detail: String(problem), passing: true });
  }
}

/**
 * Gives the options of a request. Redirects are not followed: the token goes to the backend and nowhere else.
 * @param {"get" | "post"} method
 * @param {string} token
 * @param {object} [body]
 * @returns {GoogleAppsScript.URL_Fetch.URLFetchRequestOptions}
 */
function request_(method, token, body) {
  return {
    method,
    headers: { "Authorization": `Bearer ${token}`, "Accept": "application/json", "Accept-Language": language_() },
    followRedirects: false,
    muteHttpExceptions: true,
    ...(body && { contentType: "application/json", payload: JSON.stringify(body) }),
  };
}

/**
 * Makes an answer of a response.
 * @param {GoogleAppsScript.URL_Fetch.HTTPResponse} response
 * @returns {Answer}
 */
function read_(response) {
  const status = response.getResponseCode();
  const said = parse_(response.getContentText());
  if (status < 300 && said && said.ok === true) return said;
  const told = toldError_(said);
  return failure_(codeOf_(status, told.code), {
    detail: status < 500 ? told.message : "",
    wait: wait_(status, response.getAllHeaders()),
    passing: status === 429 || status >= 500,
  });
}

/**
 * Gives what the backend says went wrong; nothing where it was not the backend that answered.
 * @param {any} said
 * @returns {{code: string, message: string}}
 */
function toldError_(said) {
  const error = said && said.ok === false && said.error;
  return error ? { code: String(error.code), message: String(error.message) } : { code: "", message: "" };
}

/**
 * Gives the code of what went wrong: the backend's own where there are words for it, else by the status.
 * @param {number} status
 * @param {string} told the backend's code
 * @returns {string}
 */
function codeOf_(status, told) {
  if (WORDS_.en[`fail-${told}`]) return told;
  if (!told && status < 429) return "not-steward";
  return CODE_OF_STATUS_[status] || (status >= 500 ? "server-error" : "not-understood");
}

/**
 * Reads JSON; null when it is none.
 * @param {string} text
 * @returns {any}
 */
function parse_(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Gives the seconds after which to ask again; 0 when nobody asked for patience.
 * @param {number} status
 * @param {Record<string, any>} headers
 * @returns {number}
 */
function wait_(status, headers) {
  const name = Object.keys(headers).find((each) => each.toLowerCase() === "retry-after");
  const seconds = Math.ceil(Number(name ? headers[name] : NaN));
  if (seconds > 0) return seconds;
  return status === 429 || (status >= 502 && status <= 504) ? USUAL_WAIT_ : 0;
}

/**
 * Gives an answer that says what went wrong and what to do now.
 * @param {string} code
 * @param {{detail?: string, wait?: number, passing?: boolean}} [more] `passing`: it may be over when asked again
 * @returns {Answer}
 */
function failure_(code, { detail = "", wait = 0, passing = false } = {}) {
  return { ok: false, failure: { code, text: say_(`fail-${code}`, { wait }), detail, wait, passing } };
}

/**
 * Gives the path of something of this sheet's register.
 * @param {string} what
 * @returns {string}
 */
function registerPath_(what) {
  return `/registers/${encodeURIComponent(SpreadsheetApp.getActiveSpreadsheet().getId())}/${what}`;
}
