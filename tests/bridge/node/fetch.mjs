// UrlFetchApp's way of asking: the caller stands still until the answer is there. A second thread does the asking.

import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";

/** Gives a `fetch(url, options)` that blocks, and a `close()`. */
export function openFetch() {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL("./fetch-worker.mjs", import.meta.url), {
    workerData: { flag, port: port2 },
    transferList: [port2],
  });
  worker.unref();
  function fetch(url, options) {
    Atomics.store(flag, 0, 0);
    port1.postMessage({ url, options: JSON.parse(JSON.stringify(options)) });
    if (Atomics.wait(flag, 0, 0, 60_000) === "timed-out") throw new Error(`Timeout: ${url}`);
    const { answer, problem } = receiveMessageOnPort(port1).message;
    if (problem) throw new Error(`Address unavailable: ${url} (${problem})`);
    return answer;
  }
  return { fetch, close: () => worker.terminate() };
}
