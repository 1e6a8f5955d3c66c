
// The worker of the single file, behind the JavaScript of the engine: the page posts the compiled engine and the files of the catalogue to it.
self.onmessage = ({ data: { module, files } }) => {
  self.onmessage = null;
  self.groundwork = {
    bytes: (path) => files[path]?.arrayBuffer() ?? Promise.reject(Error("it is not in this file")),
  };
  wasm_bindgen({ module_or_path: module }).catch((error) => self.postMessage({ type: "boot-error", message: String(error) }));
};
