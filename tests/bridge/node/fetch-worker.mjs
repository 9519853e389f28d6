// Asks what `fetch.mjs` hands over, and wakes it up.

import { workerData } from "node:worker_threads";

const { flag, port } = workerData;

async function ask({ url, options }) {
  const { contentType, followRedirects, headers, method, payload } = options;
  const response = await fetch(url, {
    method,
    body: payload,
    headers: { ...headers, ...(contentType && { "Content-Type": contentType }) },
    redirect: followRedirects ? "follow" : "manual",
  });
  return { status: response.status, text: await response.text(), headers: Object.fromEntries(response.headers) };
}

port.on("message", async (request) => {
  try {
    port.postMessage({ answer: await ask(request) });
  } catch (problem) {
    port.postMessage({ problem: String(problem.cause ?? problem) });
  }
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
});
