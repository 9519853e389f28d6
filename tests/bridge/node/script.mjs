// The script of the sheet in a scope of its own, with the strict fakes of Google around it.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const SRC = fileURLToPath(new URL("../../../appsscript_bridge/src/", import.meta.url));
const FAKES = fileURLToPath(new URL("../fakes.js", import.meta.url));
const PLACEHOLDER = "https://steward.example.com";

const read = (file) => readFileSync(file, "utf8");
const named = (ending) => readdirSync(SRC).filter((file) => file.endsWith(ending));

/**
 * Opens the script as a person's Google account runs it.
 *
 * `fetch(url, options)` answers its requests with `{status, text, headers}` or throws; `backend` is the address it
 * is installed for.
 */
export function openScript({ fetch, locale = "en", backend = PLACEHOLDER, ...world }) {
  const context = vm.createContext({});
  vm.runInContext(read(FAKES), context, { filename: "fakes.js" });
  const pages = Object.fromEntries(named(".html").map((file) => [file.replace(".html", ""), read(SRC + file)]));
  const manifest = JSON.parse(read(`${SRC}appsscript.json`).replaceAll(PLACEHOLDER, backend));
  Object.assign(context.world, { fetch, locale, files: pages, manifest, ...world });
  for (const file of named(".js")) {
    vm.runInContext(read(SRC + file).replaceAll(PLACEHOLDER, backend), context, { filename: file });
  }
  return { world: context.world, call: (name, ...args) => context.callByName(name, ...args) };
}
