// Puts together what is pushed: the files of src with the address of one backend.
//
//   npm run build -- https://steward.your-company.example [--bound]
//
// --bound: the script is bound to one sheet, not an add-on.

import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const PLACEHOLDER = "https://steward.example.com";
const USAGE = "usage: npm run build -- https://steward.your-company.example [--bound]";
const source = fileURLToPath(new URL("../src/", import.meta.url));
const target = fileURLToPath(new URL("../build/script/", import.meta.url));

/** Gives the address of a backend, which is https and a host alone: Google's list of addresses is a list of prefixes. */
function origin(text) {
  const address = URL.canParse(text) ? new URL(text) : null;
  if (address && address.protocol === "https:" && [address.origin, `${address.origin}/`].includes(text)) return address.origin;
  throw new Error(`"${text}" is not the address of a backend: https, a host, and nothing behind it.\n${USAGE}`);
}

function replace(file, before, after) {
  const text = readFileSync(target + file, "utf8");
  if (!text.includes(before)) throw new Error(`${file} has no ${before}; is src as it was?`);
  writeFileSync(target + file, text.replaceAll(before, after));
}

function build(address, bound) {
  rmSync(target, { recursive: true, force: true });
  cpSync(source, target, { recursive: true });
  replace("Install.js", PLACEHOLDER, address);
  replace("appsscript.json", PLACEHOLDER, address);
  if (bound) replace("Install.js", "bound: false", "bound: true");
}

try {
  const { values, positionals } = parseArgs({ options: { bound: { type: "boolean" } }, allowPositionals: true });
  if (positionals.length !== 1) throw new Error(USAGE);
  build(origin(positionals[0]), values.bound ?? false);
  console.log(`Ready to push: build/script, for ${origin(positionals[0])}${values.bound ? ", bound to one sheet" : ""}.`);
} catch (problem) {
  console.error(problem.message);
  process.exit(1);
}
