// The sidebar in Chromium as a person sees it: Google's side is the script of `script.mjs`.

import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import { chromium } from "playwright-core";

const PICTURES = fileURLToPath(new URL("../../../build/bridge/", import.meta.url));
const PAGE = "https://sheet.example/";
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
const BROWSERS = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export const browserPath = BROWSERS.find((path) => path && existsSync(path));

/** What Google puts into the page: `google.script.run`, which answers a moment later. */
const SHIM = () => {
  const runner = (done, failed) => new Proxy({}, {
    get(_, name) {
      if (name === "withSuccessHandler") return (handler) => runner(handler, failed);
      if (name === "withFailureHandler") return (handler) => runner(done, handler);
      return (...args) => void window.callScript(name, args).then(({ answer, problem }) =>
        problem === undefined ? done?.(answer) : failed?.(new Error(problem)));
    },
  });
  window.google = { script: { run: runner() } };
};

/** Starts a browser of its own; `close()` ends it and removes what it kept. */
export async function openBrowser() {
  const folder = mkdtempSync(join(tmpdir(), "steward-sidebar-"));
  const browser = await chromium.launchPersistentContext(folder, {
    executablePath: browserPath, args: FLAGS, viewport: { width: 320, height: 640 },
  });
  mkdirSync(PICTURES, { recursive: true });
  const close = async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { browser, close };
}

/** Opens the sidebar that a click on an item of the menu opens. `broken` names calls that Google loses. */
export async function click(browser, script, item, { broken = [], fast = true } = {}) {
  script.call(item);
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (problem) => errors.push(String(problem)));
  page.on("console", (line) => line.type() === "error" && errors.push(line.text()));
  await page.exposeFunction("callScript", (name, args) => {
    try {
      if (broken.includes(name)) throw new Error("NetworkError: Connection failure due to HTTP 0");
      return { answer: script.call(name, ...args) };
    } catch (problem) {
      return { problem: problem.message };
    }
  });
  await page.addInitScript(SHIM);
  await page.route("**/*", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: script.world.sidebar.html }));
  if (fast) await page.clock.install();
  await page.goto(PAGE);
  return Object.assign(page, { errors });
}

/** Lets the page's clock run until it shows this; fails after ten minutes of that clock. */
export async function until(page, selector, seconds = 600) {
  for (let spent = 0; spent <= seconds; spent += 1) {
    if (await page.locator(selector).first().isVisible()) return;
    await page.clock.runFor(1000);
  }
  throw new Error(`The page never showed ${selector}; it shows: ${await page.locator("main").innerText()}`);
}

/** Gives what somebody with a screen reader or a narrow screen would stumble over. */
export async function stumbles(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  const found = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return [...found.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), ...(wide > 0 ? [`${wide} px too wide`] : [])];
}

/** Takes a picture of the whole page, as in a window that is high enough. */
export async function picture(page, name) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: 320, height: Math.max(height, 640) });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  await page.setViewportSize({ width: 320, height: 640 });
}
