// Takes the scripts out of the sidebar's HTML, line for line, so that types and style can be checked.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("../src/", import.meta.url));
const target = fileURLToPath(new URL("../build/sidebar/", import.meta.url));

mkdirSync(target, { recursive: true });
for (const file of readdirSync(source)) {
  const script = /^<script>\n(.*)<\/script>\n$/s.exec(readFileSync(source + file, "utf8"));
  if (script) writeFileSync(target + file.replace(/\.html$/, ".js"), `\n${script[1]}`);
}
