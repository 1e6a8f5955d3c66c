// What differs where everything is in one file: files are read from the blocks of the page, and the engine's worker is made of a blob, since a page
// from disk may load nothing. `static/boot.js` has run before this and `groundworkApp` is the app's JavaScript.
import * as crash from "../lazy/crash.js";
import * as frame from "../lazy/frame.js";
import * as language from "../lazy/language.js";
import * as link from "../lazy/link.js";
import { notice } from "../lazy/notice.js";
import * as picture from "../lazy/picture.js";
import * as share from "../lazy/share.js";
import * as tabs from "../lazy/tabs.js";
import { decode } from "./base94.js";

const { groundwork } = self;

/** The content of a block of the page. The browser decompresses it. */
async function content(name) {
  const block = document.querySelector(`[data-file="${name}"]`);
  if (!block) throw Error(`${name} is not in this file`);
  return new Response(new Blob([decode(block.textContent)]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/** What is made once, when it is first needed. */
const once = (make) => {
  let made;
  return () => (made ??= make());
};
const script = once(async () => URL.createObjectURL(new Blob([await content("engine.js")], { type: "text/javascript" })));
const engine = once(async () => WebAssembly.compile(await content("engine.wasm")));
const files = once(async () => {
  const modules = ["engine-shared.wasm", "intake.wasm", "extras.wasm"];
  const [catalog, ...contents] = await Promise.all(["catalog", ...modules].map(content));
  // One behind the other, so that what they have in common is there once.
  let end = 0;
  const packs = JSON.parse(document.querySelector('[data-file="catalog"]').dataset.packs);
  const files = packs.map(([name, size]) => [name, catalog.slice(end, (end += size))]);
  return Object.fromEntries([...modules.map((name, index) => [name, contents[index]]), ...files]);
});

/** The app wants a worker at once, but what it is made of comes later: this keeps what is said to it until then, in order. */
class LateWorker {
  onmessage = null;
  onerror = null;
  #isEnded = false;
  #worker = null;
  #said = this.#begin().catch((error) => this.onmessage?.(new MessageEvent("message", { data: { message: String(error) } })));

  async #begin() {
    const [url, module, contents] = await Promise.all([script(), engine(), files()]);
    if (this.#isEnded) return;
    this.#worker = new Worker(url);
    this.#worker.onmessage = (event) => this.onmessage?.(event);
    this.#worker.onerror = (event) => this.onerror?.(event);
    this.#worker.postMessage({ module, files: contents });
  }

  /** Files are read here: `static/single/worker.js` says why. */
  postMessage(message, transfer) {
    this.#said = this.#said.then(async () => {
      const parts = await Promise.all(message.map(async (part) => (part instanceof File ? { name: part.name, bytes: await part.arrayBuffer() } : part)));
      this.#worker?.postMessage(parts, [...transfer, ...parts.flatMap((part) => part.bytes ?? [])]);
    });
    // A file that cannot be read, because it has gone since, say.
    this.#said = this.#said.catch((error) => this.#worker?.onerror(new ErrorEvent("error", { message: error.message })));
  }

  terminate() {
    this.#isEnded = true;
    this.#worker?.terminate();
    this.#worker = null;
  }
}

/** A part of the app. */
const wasm = async (name) => new Response(await content(name), { headers: { "content-type": "application/wasm" } });

const parts = { crash, frame, language, link, picture, share, tabs };
Object.assign(groundwork, {
  load: async (name) => parts[name],
  part: (name) => wasm(`${name}.wasm`),
  worker: () => new LateWorker(),
  file: async (path, name) => new File([await content(path)], name),
});

if (location.protocol === "file:") {
  notice(
    "This copy of Groundwork is a file. The browser keeps projects of all local pages in one place, where any of them may read yours: save yours to a file, and keep that.",
    [["Understood"]],
    "groundwork.local-notice",
  );
}
groundwork.start(Promise.resolve(groundworkApp), content("app.wasm"));
