// The backend of `backend.mjs` over HTTP, in a thread of its own: the thread of the script stands still while it asks.

import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { Backend, refuse } from "./backend.mjs";

/** Starts the server; gives its address and a `close()`. */
export async function openBackend() {
  const worker = new Worker(fileURLToPath(import.meta.url));
  worker.unref();
  const address = await new Promise((resolve) => worker.once("message", resolve));
  return { address, close: () => worker.terminate() };
}

async function answer(backend, request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const headers = { "Authorization": request.headers.authorization, "Accept-Language": request.headers["accept-language"] };
  const options = { method: request.method.toLowerCase(), headers, payload: Buffer.concat(chunks).toString() };
  const wrong = options.payload && request.headers["content-type"] !== "application/json";
  const said = wrong ? refuse(415, "content-type-wrong") : backend.answer(`http://backend${request.url}`, options);
  response.writeHead(said.status, said.headers).end(said.text);
}

if (!isMainThread) {
  const backend = new Backend({ proven: false });
  const server = createServer((request, response) => answer(backend, request, response));
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(`http://127.0.0.1:${server.address().port}`));
}
