// Clicks on the real service: Flask, queue, worker, gspread and a sheet on this machine. Started by test_end_to_end.py.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { openFetch } from "./fetch.mjs";
import { openScript } from "./script.mjs";
import { click, openBrowser, picture, stumbles, until } from "./sheet.mjs";

const service = JSON.parse(process.env.STEWARD_TEST_SERVICE ?? "null");
let chrome, http;
let people = 0;

before(async () => {
  http = openFetch();
  chrome = await openBrowser();
});

after(async () => {
  await chrome.close();
  await http.close();
});

afterEach(async () => { for (const page of chrome.browser.pages().slice(1)) await page.close(); });

/** Lets the rest of the world act, and gives what came of it. */
function act(name, given = {}) {
  const { status, text } = http.fetch(`${service.control}/${name}`, { method: "post", payload: JSON.stringify(given) });
  assert.equal(status, 200, text);
  return JSON.parse(text);
}

/** Opens the script as somebody sees it in the sheet. */
function sheet({ name = "li", locale = "zh_CN", backend = service.backend, spreadsheet = service.spreadsheet, ...claims } = {}) {
  people += 1000;
  return openScript({
    fetch: http.fetch, backend, locale, uuids: people,
    token: act("token", { name, ...claims }),
    spreadsheet: { id: spreadsheet, tabs: [], active: "", metadata: [] },
    selection: { sheetId: service.sheetId, row: 2, lastRow: 3 },
    marked: (key, value) => act("mark", { key, value }),
  });
}

async function open(item, { script = sheet(), ...how } = {}) {
  const page = await click(chrome.browser, script, item, { fast: false, ...how });
  return { page, script, visible: (selector) => page.locator(selector).innerText() };
}

/** Waits in real time until the page shows this. */
async function shows(page, selector) {
  try {
    await page.locator(selector).first().waitFor({ state: "visible", timeout: 10_000 });
  } catch {
    assert.fail(`The page never showed ${selector}: ${(await page.locator("main").innerText()).replace(/\n+/g, " | ")}`);
  }
}

const cells = () => act("rows").map((row) => row.join("|"));

test("the first click proves the right to edit, runs, writes beside the rows and says so", async () => {
  act("work", { on: true });
  const { page, script, visible } = await open("validateAndTier");

  await shows(page, "#result");

  assert.equal(await visible("#run-state"), "完成");
  assert.match(await visible("#result-headline"), /4/);
  assert.match(await visible("#person-list"), /李雷/);
  assert.deepEqual(await stumbles(page), []);
  await picture(page, "end-to-end-zh-result");
  assert.deepEqual(page.errors, []);
  const rows = cells();
  assert.match(rows[1], /^C-.*王小明/);
  assert.match(rows[2], /李雷/);
  assert.ok(rows.slice(1, 5).every((row) => row.startsWith("C-")), rows.join("\n"));
  assert.deepEqual(Array.from(script.world.sent.slice(0, 4), ({ url }) => url.split("/").at(-1)), ["runs", "proof", "check", "runs"]);
  const marks = act("marks");
  assert.equal(script.world.spreadsheet.metadata.length, 1);
  assert.ok(!marks.includes(script.world.spreadsheet.metadata[0].value), "the backend takes the proof out of the sheet");
});

test("the same click again writes nothing more", async () => {
  const before_ = cells();
  const { page, visible } = await open("validateAndTier");

  await shows(page, "#result");

  assert.equal(await visible("#run-state"), "完成");
  assert.equal(await page.locator("#changes-list li").count(), 0);
  assert.deepEqual(cells(), before_);
});

test("the selected rows are checked, and the sidebar names a possible duplicate", async () => {
  const { page, visible } = await open("checkSelectedRows");

  await shows(page, "#result");

  assert.equal(await visible("#run-state"), "完成");
  assert.match(await visible("#result"), /可能/);
  await picture(page, "end-to-end-zh-rows");
});

test("duplicates are found", async () => {
  const { page, visible } = await open("findDuplicates", { script: sheet({ locale: "en" }) });

  await shows(page, "#result");

  assert.equal(await visible("#run-state"), "done");
  await picture(page, "end-to-end-en-duplicates");
});

test("the card of the selected customer is shown", async () => {
  const { page, visible } = await open("openSidebar", { script: sheet({ locale: "en" }) });
  await shows(page, "#recent-list button");
  assert.match(await visible("#recent-list"), /Validate & Tier/);

  await page.click('nav [data-view="customer"]');
  await shows(page, "#card");

  assert.equal(await visible("#card-name"), "王小明");
  assert.ok((await page.locator("#card-parts h3").count()) >= 3);
  assert.deepEqual(await stumbles(page), []);
  await picture(page, "end-to-end-en-card");
});

test("the last run is looked at, undone, and its cells are as before", async () => {
  const { page, visible } = await open("undoLastRun", { script: sheet({ locale: "en" }) });
  await shows(page, "#undo-now");

  await page.click("#undo-preview");
  await shows(page, "#result-write");
  assert.match(cells()[3], /王小明|^C-/);
  await picture(page, "end-to-end-en-undo");
  await page.click("#result-write");
  await shows(page, "#run-going");
  await shows(page, "#result");
  await picture(page, "end-to-end-en-undone");

  assert.equal(await visible("#run-state"), "done");
  assert.doesNotMatch(cells()[2], /手机号/);
});

test("a double click is one run", async () => {
  act("work", { on: false });
  const first = await open("validateAndTier");
  await shows(first.page, "#run-stop:enabled");
  const second = await open("validateAndTier");

  await shows(second.page, "#run-joined");
  act("work", { on: true });
  await shows(first.page, "#result");
  await shows(second.page, "#result");

  assert.equal(await first.visible("#result-run"), await second.visible("#result-run"));
});

test("a run that waits is stopped", async () => {
  act("work", { on: false });
  const { page, visible } = await open("validateAndTier");
  await shows(page, "#run-stop:enabled");

  await page.click("#run-stop");
  await shows(page, "#result");

  assert.equal(await visible("#run-state"), "已取消");
});

const REFUSED = [
  ["a token of another script", { aud: "somebody-elses" }, {}, /Google 登录/],
  ["an expired token", { exp: 1_700_000_000, iat: 1_699_996_400 }, {}, /Google 登录/],
  ["a sheet nobody registered", {}, { spreadsheet: service?.unknown }, /还不认识这张表格/],
  ["a network that is away", {}, { backend: "http://127.0.0.1:9" }, /没有连上后台/],
];

for (const [what, changed, where, words] of REFUSED) {
  test(`${what} is told in words`, async () => {
    const { page, visible } = await open("validateAndTier", { script: sheet({ ...changed, ...where }) });

    await shows(page, "#failure");

    assert.match(await visible("#failure-text"), words);
  });
}

test("a viewer may not start a run, and may preview one", async () => {
  act("grant", { role: "viewer", name: "wei" });
  const script = sheet({ name: "wei", locale: "en" });
  const { page, visible } = await open("validateAndTier", { script });
  await shows(page, "#failure");
  assert.match(await visible("#failure-text"), /role does not allow/);
  assert.equal(script.world.spreadsheet.metadata.length, 0);

  act("work", { on: true });
  const preview = await open("previewRun", { script });
  await shows(preview.page, "#result");

  assert.equal(await preview.visible("#run-state"), "done");
});

test("a token that expires during a run is told, and the run is found again", async () => {
  act("work", { on: false });
  const script = sheet();
  const { page, visible } = await open("validateAndTier", { script });
  await shows(page, "#run-stop:enabled");

  const fresh = script.world.token;
  script.world.token = act("token", { exp: 1_700_000_000, iat: 1_699_996_400 });
  await shows(page, "#failure");
  assert.match(await visible("#failure-text"), /Google 登录/);
  script.world.token = fresh;
  act("work", { on: true });
  await page.click("#failure-again");
  await shows(page, "#result");

  assert.equal(await visible("#run-state"), "完成");
});

test("a run of ten minutes costs at most 130 requests", async () => {
  act("work", { on: false });
  const script = sheet({ name: "zhao" });
  const { page, visible } = await open("validateAndTier", { script, fast: true });
  await until(page, "#run-stop:enabled");

  for (let spent = 0; spent < 601; spent += 1) await page.clock.runFor(1000);

  const requests = script.world.sent.length;
  assert.match(await visible("#run-elapsed"), /10:\d\d/);
  assert.ok(requests > 100 && requests <= 130, `${requests} requests`);
  act("work", { on: true });
  await until(page, "#result");
  assert.equal(await visible("#run-state"), "完成");
});

test("somebody who asks too often is told how long to wait", async () => {
  act("grant", { role: "editor", name: "tired" });
  const script = sheet({ name: "tired" });
  script.world.fetch = (...request) => {
    act("tire", { name: "tired" });
    return http.fetch(...request);
  };
  const { page, visible } = await open("validateAndTier", { script });

  await shows(page, "#failure");

  assert.match(await visible("#failure-text"), /请求太多，请等 \d+ 秒/);
});

const BROKEN = [["queue", /后台自己出了错/], ["store", /后台暂时没有准备好，请等 \d+ 秒/]];

for (const [part, words] of BROKEN) {
  test(`a backend whose ${part} breaks is told in words, without a word of its inside`, async () => {
    act("work", { on: false });
    act("break", { part });
    const { page, visible } = await open("findDuplicates");

    await shows(page, "#failure");

    assert.match(await visible("#failure-text"), words);
    assert.equal(await page.locator("#failure-more").isVisible(), false);
  });
}
