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
import { unpack } from "./lzma.js";

const { groundwork } = self;

// `xtask/site/single.mjs` puts in the script of `unpacker.js`.
const unpacker = new Worker(URL.createObjectURL(new Blob([UNPACKER], { type: "text/javascript" })));
/** Who waits for what it unpacks, in the order in which that was asked for. */
const waiting = [];
unpacker.onmessage = ({ data: { content, message } }) => {
  const { resolve, reject } = waiting.shift();
  if (content) resolve(content);
  else reject(Error(message));
};
unpacker.onerror = (event) => waiting.splice(0).forEach(({ reject }) => reject(Error(event.message)));

function block(name) {
  const found = document.querySelector(`[data-file="${name}"]`);
  if (!found) throw Error(`${name} is not in this file`);
  return found;
}

/** The content of a block of the page, as an `ArrayBuffer`. */
async function content(name) {
  const { textContent } = block(name);
  return new Promise((resolve, reject) => {
    waiting.push({ resolve, reject });
    unpacker.postMessage(textContent);
  });
}

/** The files of a block that has several, by their names: one behind the other, so that what they have in common is there once. */
async function contents(name) {
  const whole = await content(name);
  let end = 0;
  const files = JSON.parse(block(name).dataset.files);
  return Object.fromEntries(files.map(([file, size]) => [file, whole.slice(end, (end += size))]));
}

/** What is made once, when it is first needed. */
const once = (make) => {
  let made;
  return () => (made ??= make());
};
const script = once(async () => URL.createObjectURL(new Blob([await content("engine.js")], { type: "text/javascript" })));
const engine = once(async () => {
  const { "engine.wasm": main, ...parts } = await contents("engine");
  return { module: await WebAssembly.compile(main), parts };
});
const catalog = once(() => contents("catalog"));

/** The app wants a worker at once, but what it is made of comes later: this keeps what is said to it until then, in order. */
class LateWorker {
  onmessage = null;
  onerror = null;
  #isEnded = false;
  #worker = null;
  #said = this.#begin().catch((error) => this.onmessage?.(new MessageEvent("message", { data: { message: String(error) } })));

  async #begin() {
    const [url, { module, parts }, packs] = await Promise.all([script(), engine(), catalog()]);
    if (this.#isEnded) return;
    this.#worker = new Worker(url);
    this.#worker.onmessage = (event) => this.onmessage?.(event);
    this.#worker.onerror = (event) => this.onerror?.(event);
    this.#worker.postMessage({ module, files: { ...parts, ...packs } });
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
// Here, because nothing can be seen before it: a worker would have to start first.
const app = async () => unpack(decode(block("app.wasm").textContent));
groundwork.start(Promise.resolve(groundworkApp), app());
