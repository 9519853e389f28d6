// The sidebar, clicked by a person: what it shows from the click to the end, in both languages.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Backend, both, CARD, refuse, RESULT, shown } from "./backend.mjs";
import { openScript } from "./script.mjs";
import { browserPath, click, openBrowser, picture, stumbles, until } from "./sheet.mjs";

const OLD = [
  { run_id: "20261122-0650-0001", job: "validate-and-tier", state: "done", preview: false, requested_by: "ann@acme.example" },
  { run_id: "20261121-1800-0002", job: "find-duplicates", state: "failed", preview: false, requested_by: "李雷" },
].map((run) => shown({ created: "2026-11-22T06:50:00+00:00", ...run }));
const WORDS = {
  zh: { locale: "zh_CN", done: "完成", goes: "检查每一格", headline: RESULT.headline.zh, blank: "（空白）", stopped: "已取消" },
  en: { locale: "en_GB", done: "done", goes: "checking every cell", headline: RESULT.headline.en, blank: "(blank)", stopped: "cancelled" },
};

const skip = browserPath ? false : "no Chromium: apt-get install chromium, or CHROMIUM=/path/to/it";
let chrome;

before(async () => { if (browserPath) chrome = await openBrowser(); });
after(() => chrome?.close());
afterEach(async () => { for (const page of chrome?.browser.pages().slice(1) ?? []) await page.close(); });

/** Opens a sidebar over a backend. */
async function open(item, { locale = "en", backend = new Backend({ lastRuns: OLD, canUndo: OLD[0].run_id, results: { "customer-card": { ...RESULT, card: CARD } } }), uuids = 0, ...how } = {}) {
  const script = openScript({ fetch: (url, options) => backend.answer(url, options), locale, uuids });
  const page = await click(chrome.browser, script, item, how);
  const visible = (selector) => page.locator(selector).innerText();
  return { backend, page, script, visible };
}

for (const [language, words] of Object.entries(WORDS)) {
  test(`${language}: from the click to the result`, { skip }, async () => {
    const { backend, page, visible } = await open("validateAndTier", { locale: words.locale });

    await until(page, `#run-state:has-text("${words.goes}")`);
    assert.match(await visible("#run-count"), /^80 (\/|of) 120$/);
    assert.deepEqual(await stumbles(page), []);
    await picture(page, `${language}-going`);

    await until(page, "#result");
    assert.equal(await visible("#run-state"), words.done);
    assert.equal(await visible("#result-headline"), words.headline);
    assert.equal(await page.locator("#changes-list li").count(), 3);
    assert.equal(await page.locator("#person-list li").count(), 3);
    assert.ok((await visible("#changes-list")).includes(words.blank));
    assert.equal(await page.evaluate(() => document.activeElement.id), "result-headline");
    assert.equal(await page.locator("html").getAttribute("lang"), language);
    assert.deepEqual(await stumbles(page), []);
    await picture(page, `${language}-result`);
    assert.equal(backend.requests.filter(({ line }) => line === "post /runs").length, 1);
    assert.deepEqual(page.errors, []);
  });

  for (const [item, ready] of [["openSidebar", "#recent-list li"], ["undoLastRun", "#undo-now"], ["openSettings", "#settings-list dd"], ["openHelp", "#help-list dd"]]) {
    test(`${language}: ${item} shows its view`, { skip }, async () => {
      const { page } = await open(item, { locale: words.locale });

      await until(page, ready);

      assert.deepEqual(await stumbles(page), []);
      assert.deepEqual(page.errors, []);
      await picture(page, `${language}-${item}`);
    });
  }

  test(`${language}: the card of the selected customer`, { skip }, async () => {
    const { backend, page, visible } = await open("openSidebar", { locale: words.locale });

    await page.click('nav [data-view="customer"]');
    await until(page, "#card");

    assert.equal(await visible("#card-name"), "王小明");
    assert.equal(await page.locator("#card-parts li").count(), 5);
    assert.deepEqual(backend.runs.get("20261122-0700-0001").given, { sheet_id: 7, row: 5 });
    assert.deepEqual(await stumbles(page), []);
    await picture(page, `${language}-card`);
  });

  test(`${language}: a run is stopped`, { skip }, async () => {
    const { page, visible } = await open("validateAndTier", { locale: words.locale, backend: new Backend({ steps: 1000 }) });

    await until(page, "#run-stop:enabled");
    await page.click("#run-stop");
    await until(page, `#run-state:has-text("${words.stopped}")`);

    assert.equal(await visible("#result-headline"), words.stopped);
    assert.equal(await page.locator("#run-going").isVisible(), false);
  });
}

test("what stands in a cell is text and never markup", { skip }, async () => {
  const { page, visible } = await open("validateAndTier");

  await until(page, "#result");

  assert.ok((await visible("#changes-list")).includes("<img src=x onerror='window.hurt=1'>"));
  assert.equal(await page.locator("img").count(), 0);
  assert.equal(await page.evaluate(() => window.hurt), undefined);
});

test("a preview is carried out by its button, as a click of its own", { skip }, async () => {
  const { backend, page } = await open("previewRun");

  await until(page, "#result-write");
  await picture(page, "en-preview");
  await page.click("#result-write");
  await until(page, "#run-going");
  await until(page, "#result");

  const [first, second] = [...backend.runs.values()];
  assert.deepEqual([first.preview, second.preview], [true, false]);
  assert.notEqual(first.key, second.key);
  assert.equal(await page.locator("#result-write").isVisible(), false);
});

test("undo asks first, and undoes that run", { skip }, async () => {
  const { backend, page, visible } = await open("undoLastRun");

  await until(page, "#undo-now");
  assert.equal(backend.runs.size, 0);
  assert.match(await visible("#undo-run"), /Validate & Tier/);
  await page.click("#undo-preview");
  await until(page, "#result-write");
  await page.click("#result-write");
  await until(page, "#result");

  const given = { run_id: OLD[0].run_id };
  assert.deepEqual([...backend.runs.values()].map((run) => [run.job, run.preview, run.given]), [["undo", true, given], ["undo", false, given]]);
});

test("where nothing can be undone, nothing is offered", { skip }, async () => {
  const { page, visible } = await open("undoLastRun", { backend: new Backend() });

  await until(page, "#undo");

  assert.equal(await visible("#undo-which"), "There is no run to undo.");
  assert.equal(await page.locator("#undo-now").isVisible(), false);
});

test("a run of somebody else is shown from the list", { skip }, async () => {
  const { backend, page, visible } = await open("openSidebar");
  backend.runs.set(OLD[1].run_id, { ...OLD[1], step: 0 });

  await page.click('#recent-list li:nth-child(2) button');
  await until(page, "#result");

  assert.equal(await visible("#title"), "Find duplicates");
  assert.ok(!backend.requests.some(({ line }) => line === "post /runs"));
});

test("the self-test gives a report that can be copied", { skip }, async () => {
  const { page } = await open("openHelp");

  await page.click("#help-test");
  await until(page, "#report");
  await page.click("#help-copy");
  await until(page, "#notice");

  assert.match(await page.inputValue("#report"), /document lock: ok/);
  assert.equal(await page.locator("#notice").innerText(), "Copied.");
  await picture(page, "en-self-test");
  assert.deepEqual(await stumbles(page), []);
});

test("everything can be reached with the keyboard, in the order it is read", { skip }, async () => {
  const { page } = await open("undoLastRun");
  await until(page, "#undo-now");
  const reached = [];

  for (let press = 0; press < 6; press += 1) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(() => document.activeElement.id || document.activeElement.dataset.view));
  }

  assert.deepEqual(reached, ["undo-preview", "undo-now", "customer", "home", "settings", "help"]);
});

const FAILURES = [
  [refuse(401, "not-signed-in"), /sign-in/],
  [refuse(403, "role-missing"), /role does not allow/],
  [refuse(404, "register-unknown"), /does not know this sheet/],
  [refuse(409, "already-running"), /Another run is at work/],
  [refuse(422, "arguments-wrong", { message: "Row 1 holds the headers." }), /cannot do this as asked/],
  [refuse(429, "too-many-requests", { "Retry-After": "17" }), /Wait 17 seconds/],
  [refuse(500, "unexpected"), /met an error of its own/],
  [refuse(503, "not-ready", { "Retry-After": "5" }), /not ready/],
  [{ status: 200, text: "<html>Sign in</html>", headers: {} }, /not Steward/],
  ["DNS error", /could not be reached/],
];

for (const [refusal, words] of FAILURES) {
  test(`a start refused with ${refusal.status ?? "no answer"} is told, and tried again as the same click`, { skip }, async () => {
    const backend = new Backend();
    backend.refusals = [refusal];
    const { page, visible } = await open("validateAndTier", { backend });

    await until(page, "#failure");
    assert.match(await visible("#failure-text"), words);
    assert.equal(await page.locator("#run").isVisible(), false);
    if (refusal.status === 422) assert.deepEqual(await stumbles(page), []);
    if (refusal.status === 422) await picture(page, "en-failure");
    await page.click("#failure-again");
    await until(page, "#result");

    const keys = backend.requests.filter(({ line }) => line === "post /runs").map(({ body }) => body.idempotency_key);
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
  });
}

test("a sign-in that expires in the middle is told, and the run can be looked at again", { skip }, async () => {
  const backend = new Backend({ steps: 20 });
  const { page, visible } = await open("validateAndTier", { backend });
  await until(page, "#run-stop:enabled");

  backend.refusals = [refuse(401, "not-signed-in")];
  await until(page, "#failure");
  assert.match(await visible("#failure-text"), /expired/);
  assert.match(await visible("#notice"), /may still be going on/);
  await page.click("#failure-again");
  await until(page, "#result");

  assert.equal(backend.requests.filter(({ line }) => line === "post /runs").length, 1);
});

test("a network that is away for a while is waited for, and said so", { skip }, async () => {
  const backend = new Backend({ steps: 6 });
  const { page, visible } = await open("validateAndTier", { backend });
  await until(page, "#run-stop:enabled");

  backend.refusals = ["Timeout", "Timeout", refuse(429, "too-many-requests", { "Retry-After": "17" })];
  await until(page, "#notice");
  assert.match(await visible("#notice"), /asking again in \d+ s. The run goes on/);
  await picture(page, "en-waiting");
  await until(page, "#result");

  assert.equal(await page.locator("#notice").isVisible(), false);
});

test("a script that Google loses is told in words", { skip }, async () => {
  const { page, visible } = await open("openSidebar", { broken: ["readRegister"] });

  await until(page, "#failure");

  assert.match(await visible("#failure-text"), /Google's script could not be reached/);
});

test("a proof is given without a word to the person", { skip }, async () => {
  const { backend, page, script } = await open("validateAndTier", { backend: new Backend({ proven: false }) });

  await until(page, "#result");

  assert.equal(script.world.spreadsheet.metadata.length, 1);
  assert.equal(backend.requests.filter(({ line }) => line.endsWith("/proof")).length, 1);
});

test("two clicks at once are one run, and the second is told so", { skip }, async () => {
  const backend = new Backend({ steps: 30 });
  const first = await open("validateAndTier", { backend });
  await until(first.page, "#run-stop:enabled");
  const second = await open("validateAndTier", { backend, uuids: 100 });

  await until(second.page, "#run-joined");

  assert.match(await second.visible("#run-joined"), /under way already/);
  assert.equal(await first.page.locator("#run-joined").isVisible(), false);
  assert.equal(backend.runs.size, 1);
});

test("a run of ten minutes costs at most 130 requests and tells how long it goes", { skip }, async () => {
  const backend = new Backend({ steps: 1e9, proven: false });
  const { page, visible } = await open("validateAndTier", { backend });
  await until(page, "#run-stop:enabled");

  for (let spent = 0; spent < 601; spent += 1) await page.clock.runFor(1000);

  assert.match(await visible("#run-elapsed"), /^10:\d\d so far$/);
  assert.ok(backend.requests.length > 100, `${backend.requests.length} requests`);
  assert.ok(backend.requests.length <= 130, `${backend.requests.length} requests`);
});

test("a run that failed says why", { skip }, async () => {
  const backend = new Backend();
  backend.look = () => ({
    status: 200, headers: {},
    text: JSON.stringify({ ok: true, run: shown({ ...OLD[0], state: "refused", message: "The tab Customers has two headers." }) }),
  });
  const { page, visible } = await open("validateAndTier", { backend });

  await until(page, "#result");

  assert.equal(await visible("#run-state"), "refused");
  assert.equal(await visible("#result-headline"), "The tab Customers has two headers.");
});

test("changes of one row stand together, and a list that may be cut says so", { skip }, async () => {
  const changes = Array.from({ length: 20 }, (_, number) => ({ ...RESULT.changes[0], row: String(5 + Math.floor(number / 5)) }));
  const { page, visible } = await open("validateAndTier", { backend: new Backend({ results: { "validate-and-tier": { ...RESULT, changes } } }) });

  await until(page, "#result");

  assert.equal(await page.locator("#changes-list li").count(), 4);
  assert.equal(await page.locator("#changes-list .what").count(), 20);
  assert.equal(await visible("#changes-count"), "20+");
  assert.equal(await visible("#person-count"), "3");
});

test("a long word and a long name do not push the page wide", { skip }, async () => {
  const long = "x".repeat(300);
  const result = { ...RESULT, headline: both(long, long), changes: [{ ...RESULT.changes[0], name: long, before: long, after: long }] };
  const { page } = await open("validateAndTier", { backend: new Backend({ results: { "validate-and-tier": result } }) });

  await until(page, "#result");

  assert.deepEqual(await stumbles(page), []);
});
