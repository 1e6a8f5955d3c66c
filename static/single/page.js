// What differs where everything is in one file: files are read from the blocks of the page, and the engine's worker is made of a blob, since a page
// from disk may load nothing. `static/boot.js` has run before this and `groundworkApp` is the app's JavaScript.
import * as frame from "../lazy/frame.js";
import * as link from "../lazy/link.js";
import * as share from "../lazy/share.js";
import { notice } from "../lazy/notice.js";

const { groundwork } = self;
const WASM = { type: "application/wasm" };

/** A block of the page as a blob. The browser decompresses it. */
function blob(name, type = "") {
  const block = document.querySelector(`[data-file="${name}"]`);
  if (!block) return Promise.reject(Error(`${name} is not in this file`));
  const bytes = Uint8Array.from(atob(block.textContent), (letter) => letter.charCodeAt(0));
  const plain = new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")), { headers: { "content-type": type } });
  return plain.blob();
}

const parts = { frame, link, share };
const once = (make) => {
  let made;
  return () => (made ??= make());
};
// The engine is compiled once, however often its worker is replaced.
const engine = once(async () => WebAssembly.compile(await (await blob("engine.wasm", WASM.type)).arrayBuffer()));
const catalog = once(async () => {
  const names = [...document.querySelectorAll('[data-file^="catalog/"]')].map((block) => block.dataset.file);
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await blob(name)])));
});
const script = once(() => blob("engine.js", "text/javascript"));

/** A worker must be there at once, but its script comes later: until then this stands for it. */
class LateWorker extends EventTarget {
  #worker = script().then((text) => {
    const url = URL.createObjectURL(text);
    const worker = new Worker(url);
    URL.revokeObjectURL(url);
    return worker;
  });
  #ended = false;

  constructor() {
    super();
    Promise.all([this.#worker, engine(), catalog()]).then(
      ([worker, module, files]) => {
        if (this.#ended) return;
        worker.onmessage = (event) => this.onmessage?.(event);
        worker.onerror = (event) => this.onerror?.(event);
        worker.postMessage({ module, files });
      },
      (error) => this.onmessage?.(new MessageEvent("message", { data: { message: String(error) } })),
    );
  }

  postMessage(message, transfer) {
    this.#worker.then((worker) => worker.postMessage(message, transfer));
  }

  terminate() {
    this.#ended = true;
    this.#worker.then((worker) => worker.terminate());
  }
}

Object.assign(groundwork, {
  load: async (name) => parts[name] ?? {},
  worker: () => new LateWorker(),
  file: async (path, name) => new File([await blob(path)], name),
});

if (location.protocol === "file:") {
  notice(
    "This copy of Groundwork is a file. The browser keeps projects of all local pages in one place, where any of them may read yours: save yours to a file, and keep that.",
    [["Understood", () => {}]],
    "groundwork.local-notice",
  );
}
// `blob` has decompressed it, and says what it is.
groundwork.start(
  Promise.resolve(groundworkApp),
  blob("app.wasm", WASM.type).then((wasm) => new Response(wasm, { headers: { "content-type": WASM.type } })),
);
