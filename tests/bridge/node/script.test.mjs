// The real files of the script, asking a backend over HTTP as Google's UrlFetchApp does: standing still.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBackend } from "./backend-server.mjs";
import { openFetch } from "./fetch.mjs";
import { openScript } from "./script.mjs";

const CLICK = { job: "validate-and-tier", preview: false, arguments: {}, key: "8f7a1c1e-0000-4000-8000-000000000001" };
let backend, http;

before(async () => {
  backend = await openBackend();
  http = openFetch();
});

after(() => Promise.all([backend.close(), http.close()]));

const open = (more = {}) => openScript({ fetch: http.fetch, backend: backend.address, ...more });

test("a first start proves the right to edit, then runs, and a second one of the same click is the same run", () => {
  const script = open({ locale: "zh_CN" });

  const answer = script.call("startRun", CLICK);
  const again = script.call("startRun", CLICK);

  assert.equal(answer.ok, true, JSON.stringify(answer));
  assert.equal(again.run.run_id, answer.run.run_id);
  assert.deepEqual(Array.from(script.world.sent, ({ method, url }) => `${method} ${new URL(url).pathname.split("/").at(-1)}`), [
    "post runs", "post proof", "post check", "post runs", "post runs",
  ]);
  assert.equal(script.world.spreadsheet.metadata.length, 1);
});

test("a run is looked at until it is done", () => {
  const script = open();
  const { run } = script.call("startRun", { ...CLICK, key: "8f7a1c1e-0000-4000-8000-000000000002" });
  const states = [];

  for (let look = 0; look < 9 && states.at(-1) !== "done"; look += 1) states.push(script.call("lookAtRun", run.run_id).run.state);

  assert.deepEqual(states.at(-1), "done");
});

test("a backend that is away is told in words, and the lock is given back", () => {
  const script = openScript({ fetch: http.fetch, backend: "http://127.0.0.1:9" });

  const answer = script.call("startRun", CLICK);

  assert.equal(answer.failure.code, "no-network");
  assert.match(answer.failure.detail, /Address unavailable/);
  assert.deepEqual([...script.world.locks], ["taken", "released"]);
});

test("the fakes refuse what Google refuses", () => {
  const script = open();
  assert.throws(() => script.call("prove_"), /not found/);
  script.world.manifest = { ...script.world.manifest, urlFetchWhitelist: ["https://elsewhere.example/"] };
  assert.equal(script.call("readRegister").failure.code, "no-network");
  script.world.manifest = { ...script.world.manifest, oauthScopes: [] };
  assert.throws(() => script.call("openHelp"), /permissions are not sufficient/);
  assert.equal(script.world.broken.length, 3);
});
