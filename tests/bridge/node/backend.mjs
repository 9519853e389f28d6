// A backend that keeps the contract and does no work: runs go on one step each time somebody looks.

/** Gives a text in both languages. */
export const both = (zh, en) => ({ zh, en });

export const RESULT = {
  headline: both("检查完成：120 位客户，3 位需要人来看", "120 customers checked, 3 need a person"),
  lines: [both("写入 7 行客户的 21 格。", "21 cells written beside 7 customers."), both("可能重复：2 组。", "Possible duplicates: 2 groups.")],
  changes: [
    { row: "5", name: "王小明", column: both("等级", "Tier"), before: "", after: "重要" },
    { row: "9", name: "<img src=x onerror='window.hurt=1'>", column: both("问题", "Problems"), before: "手机：少一位", after: "" },
    { row: "17", name: "Acme & Sons", column: both("等级", "Tier"), before: "潜在", after: "一般" },
  ],
  needs_person: [
    { row: "12", name: "张怡瑶", text: both("手机号少一位，请补上。", "The mobile number lacks a digit; add it.") },
    { row: "31", name: "李雷", text: both("可能与第 44 行的李蕾重复。", "May be the same customer as row 44, 李蕾.") },
    { row: "", name: "", text: both("设置页有一行读不懂。", "One line of the Settings tab cannot be read.") },
  ],
};

export const CARD = {
  row: "5",
  name: "王小明",
  parts: [
    { title: both("等级", "Tier"), lines: [both("重要：365 天内消费 52,300.00 CNY", "important: 52,300.00 CNY in 365 days")] },
    { title: both("问题", "Problems"), lines: [both("没有问题。", "None.")] },
    { title: both("可能重复", "Possible duplicates"), lines: [both("第 44 行 王晓明：手机相同", "Row 44, 王晓明: same mobile")] },
    { title: both("最近订单", "Last orders"), lines: [both("2026-11-02　3,200.00 CNY", "2026-11-02, 3,200.00 CNY"), both("2026-10-18　880.00 CNY", "2026-10-18, 880.00 CNY")] },
  ],
};

const STAGES = { zh: ["读取表格", "检查每一格", "写回结果"], en: ["reading the sheet", "checking every cell", "writing the answers"] };
const JSON_TYPE = { "Content-Type": "application/json" };

/** Carries one run after the other; `refusals` are answered first, `proven` says whether the person gave the proof. */
export class Backend {
  constructor({ steps = 3, proven = true, results = {}, lastRuns = [], canUndo = null } = {}) {
    Object.assign(this, { steps, proven, results, lastRuns, canUndo });
    this.refusals = [];
    this.requests = [];
    this.runs = new Map();
  }

  /** Answers one request as `{status, text, headers}`; a refusal that is a text is thrown. */
  answer(url, { method, headers, payload }) {
    const { pathname } = new URL(url);
    const body = payload && JSON.parse(payload);
    this.requests.push({ line: `${method} ${pathname}`, body });
    const refusal = this.refusals.shift();
    if (typeof refusal === "string") throw new Error(refusal);
    if (refusal) return refusal;
    if (!headers.Authorization?.startsWith("Bearer ")) return refuse(401, "not-signed-in");
    return this.route(method, pathname.split("/").slice(1), body, headers["Accept-Language"]);
  }

  route(method, [room, id, what, more], body, language) {
    if (room === "registers" && what === "proof") return more ? this.check(body) : this.ask(id);
    if (!this.proven) return refuse(403, "proof-needed");
    if (room === "registers") return say(200, this.summary(id));
    if (method === "post" && !id) return this.start(body, language);
    if (!this.runs.has(id)) return refuse(404, "run-missing");
    return method === "post" ? this.cancel(id) : this.look(id, language);
  }

  ask() {
    this.nonce = { nonce: "nonce-1", key: "steward.proof", expires_in: 300 };
    return say(201, this.nonce);
  }

  check({ nonce }) {
    this.proven = nonce === this.nonce?.nonce;
    return this.proven ? say(200, { role: "editor", expires_in: 43200 }) : refuse(403, "role-missing");
  }

  summary(id) {
    return { register: { name: "客户登记表", spreadsheet_id: id, role: "editor" }, last_runs: this.lastRuns, can_undo: this.canUndo };
  }

  start(body) {
    const known = [...this.runs.values()].find((run) => run.key === body.idempotency_key);
    const same = [...this.runs.values()].find((run) => run.job === body.job && ["queued", "running"].includes(run.state));
    const run = known ?? same ?? this.begin(body);
    return say(202, { run: shown(run), joined: run === same && run !== known });
  }

  begin({ job, preview, arguments: given, idempotency_key: key }) {
    const run_id = `20261122-0700-000${this.runs.size + 1}`;
    const run = { run_id, job, preview, given, key, state: "queued", step: 0, created: new Date().toISOString(), requested_by: "ann@acme.example" };
    this.runs.set(run_id, run);
    return run;
  }

  look(id, language) {
    const run = this.runs.get(id);
    run.step += 1;
    if (run.asked) run.state = "cancelled";
    else if (run.step > this.steps) run.state = "done";
    else run.state = run.step > 1 ? "running" : "queued";
    run.progress = { stage: "x", stage_text: STAGES[language][(run.step - 1) % 3], done: Math.min(run.step * 40, 120), total: 120 };
    run.result = run.state === "done" ? (this.results[run.job] ?? RESULT) : null;
    return say(200, { run: shown(run), retry_after: 0.2 });
  }

  cancel(id) {
    this.runs.get(id).asked = true;
    return say(202, { run: shown(this.runs.get(id)) });
  }
}

/** Gives a run as the contract tells of it. */
export function shown({ run_id, job, preview, state, created, requested_by, progress, result, message }) {
  return {
    run_id, job, state, preview, created, started: null, ended: null, requested_by,
    progress: progress ?? { stage: "", stage_text: "", done: 0, total: 0 },
    counts: {}, message: message ?? "", result: result ?? null,
  };
}

export function say(status, body, headers = {}) {
  return { status, text: JSON.stringify({ ok: true, ...body }), headers: { ...JSON_TYPE, ...headers } };
}

export function refuse(status, code, { message = code, ...headers } = {}) {
  return { status, text: JSON.stringify({ ok: false, error: { code, message } }), headers: { ...JSON_TYPE, ...headers } };
}
