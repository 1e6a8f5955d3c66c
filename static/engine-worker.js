// The worker of the engine. The page starts it as `engine-worker.js?v=<build id>`; the files of the engine, which lie beside it, are asked for
// with the same id, so a cache can never mix two builds. The engine itself says when it is ready: messages sent before that are lost.
"use strict";

const beside = (name) => new URL(name + self.location.search, self.location.href).href;
const report = (error) => self.postMessage({ type: "boot-error", message: String(error) });

try {
  importScripts(beside("engine.js"));
  wasm_bindgen({ module_or_path: beside("engine_bg.wasm") }).catch(report);
} catch (error) {
  report(error);
}
