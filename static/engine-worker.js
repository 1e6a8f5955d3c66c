// The worker of the engine. The page starts it as `engine-worker.js?v=<build id>`; the files of the engine, which lie beside it, are asked for
// with the same id, so a cache can never mix two builds. The engine itself says when it is ready: messages sent before that are lost.
"use strict";

const beside = (name) => new URL(name + self.location.search, self.location.href).href;
const report = (error) => self.postMessage({ type: "boot-error", message: String(error) });
const get = async (name) => {
  const response = await fetch(beside(name));
  if (!response.ok) throw Error(`${name}: the server answered ${response.status}`);
  return response;
};

/** A response that is compiled while it comes, whatever type the server says it has. */
const wasm = async (name) => new Response((await get(name)).body, { headers: { "content-type": "application/wasm" } });

// What the engine asks for (`src/web/around.rs`), and the parts of it that are loaded when they are needed.
self.groundwork = {
  bytes: async (path) => (await get(path)).arrayBuffer(),
  part: (name) => wasm(name === "shared" ? "engine-shared.wasm" : `${name}.wasm`),
};

// Where a host sends the policy of the page with every file, this script is allowed to load what lies beside it.
self.trustedTypes?.createPolicy("default", { createScriptURL: (url) => (url.startsWith(new URL(".", self.location.href).href) ? url : null) });

try {
  importScripts(beside("engine.js"));
  wasm_bindgen({ module_or_path: wasm("engine_bg.wasm") }).catch(report);
} catch (error) {
  report(error);
}
