import js from "@eslint/js";
import appsScript from "eslint-plugin-googleappsscript";
import globals from "globals";
import { readdirSync, readFileSync } from "node:fs";

/** What one file of a folder declares, all others may use: they share one global scope. */
function declared(folder) {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(".js"))
    .flatMap((file) => [...readFileSync(`${folder}/${file}`, "utf8").matchAll(/^ {0,2}(?:async )?(function|const|let) (\w+)/gm)])
    .map(([, kind, name]) => [name, kind === "let" ? "writable" : "readonly"]);
  return Object.fromEntries(names);
}

const src = new URL("src", import.meta.url).pathname;
const sidebar = new URL("build/sidebar", import.meta.url).pathname;

const markup = ["innerHTML", "outerHTML", "insertAdjacentHTML", "write", "writeln"].map((property) => ({
  property,
  message: "Text goes in as text: textContent.",
}));

const strict = {
  "eqeqeq": "error",
  "max-lines": ["error", 400],
  "max-lines-per-function": ["error", { max: 30, skipComments: true }],
  "complexity": ["error", 8],
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-redeclare": "off",
  "no-var": "error",
  "prefer-const": "error",
  "no-restricted-properties": ["error", ...markup],
};

export default [
  { ignores: ["build/script/**", "node_modules/**"] },
  js.configs.recommended,
  {
    files: ["src/*.js"],
    languageOptions: {
      sourceType: "script",
      ecmaVersion: 2022,
      globals: { ...appsScript.environments.googleappsscript.globals, ...declared(src) },
    },
    rules: { ...strict, "no-unused-vars": ["error", { vars: "local" }] },
  },
  {
    files: ["build/sidebar/*.js"],
    languageOptions: {
      sourceType: "script",
      ecmaVersion: 2022,
      globals: { ...globals.browser, google: "readonly", ...declared(sidebar) },
    },
    rules: { ...strict, "no-unused-vars": ["error", { vars: "local" }] },
  },
  {
    files: ["tools/*.mjs", "*.mjs"],
    languageOptions: { globals: globals.node },
    rules: { ...strict, "no-redeclare": "error" },
  },
];
