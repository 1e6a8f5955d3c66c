
// The worker of the single file, behind the JavaScript of the engine: the page posts the compiled engine and the files of the catalogue to it.
self.onmessage = ({ data: { module, files } }) => {
  self.onmessage = null;
  const wasm = async (name) => new Response(files[name], { headers: { "content-type": "application/wasm" } });
  self.groundwork = {
    bytes: async (path) => {
      if (!files[path]) throw Error("it is not in this file");
      return files[path];
    },
    part: (name) => wasm(name === "shared" ? "engine-shared.wasm" : `${name}.wasm`),
  };
  // WebKit lets the worker of a page from disk read no file, not even one of its own: the page reads them (`static/single/page.js`), and here a file
  // without content stands for the bytes that came.
  const contents = new WeakMap();
  const { readAsArrayBuffer } = FileReaderSync.prototype;
  FileReaderSync.prototype.readAsArrayBuffer = function (file) {
    return contents.get(file) ?? readAsArrayBuffer.call(this, file);
  };
  // Heard before the engine hears it.
  self.addEventListener("message", ({ data }) => {
    data.forEach((part, index) => {
      if (!(part.bytes instanceof ArrayBuffer)) return;
      data[index] = new File([], part.name);
      contents.set(data[index], part.bytes);
    });
  });
  wasm_bindgen({ module_or_path: module }).catch((error) => self.postMessage({ type: "boot-error", message: String(error) }));
};
