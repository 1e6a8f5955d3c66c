// The script around the app: starts it, and does for it what differs between a static host, a single file and a frame (`src/web/around.rs` asks).
// It stands in the page itself, so every byte of it is part of a first visit: what is not needed then is a file of its own, loaded when it is.
"use strict";
{
  // `xtask/site/finish.mjs` puts these in; `cargo xtask serve` has Trunk start the app.
  const build = typeof BUILD_ID === "undefined" ? "dev" : BUILD_ID;
  const app = typeof APP === "undefined" ? null : APP;

  const base = new URL(".", document.baseURI).href;
  // With the id of the build, so that a stale copy is never taken for our own file.
  const beside = (path) => `${base}${path}?v=${build}`;
  const isFrame = parent !== self;
  let language = "en";
  const hash = location.hash;

  const get = async (path) => {
    const response = await fetch(path);
    if (!response.ok) throw Error(`${path}: the server answered ${response.status}`);
    return response;
  };
  /** A response that is compiled while it comes, whatever type the server says it has. */
  const wasm = async (path) => new Response((await get(path)).body, { headers: { "content-type": "application/wasm" } });

  // The only scripts and workers that may be loaded are our own. The browser asks, where it knows Trusted Types.
  self.trustedTypes?.createPolicy("default", { createScriptURL: (url) => (url.startsWith(base) || url.startsWith("blob:") ? url : null) });

  // A project that came in a link has a database of its own: it must not take the place of the one that is kept here.
  const isLink = (text) => /^#p\d+:/.test(text);
  let link = /[?&]link=(\w+)/.exec(location.search)?.[1];
  if (isLink(hash)) {
    link = Date.now().toString(36);
    history.replaceState(null, "", `?link=${link}#/estate`);
  }
  addEventListener("hashchange", (event) => {
    if (!isLink(location.hash)) return;
    event.stopImmediatePropagation();
    location.reload();
  });

  const groundwork = (self.groundwork = {
    base,
    beside,
    build,
    /** Loads a script that is needed now and then. */
    load: (name) => import(beside(`${name}.js`)),
    /** Who gets finished documents in the place of the user. */
    taker: null,
    /** Why nothing may be kept here. */
    keepsNothing: isFrame && "This copy stands in another page, so nothing is kept here. Save the project to a file",

    wasm,
    /** A part of the app that is loaded after its frame. */
    part: (name) => wasm(app[name]),
    worker: () => new Worker(beside("engine-worker.js")),
    file: async (path, name) => new File([await (await get(beside(path))).blob()], name),
    database() {
      if (groundwork.keepsNothing) throw groundwork.keepsNothing;
      return link ? `groundwork-link-${link}` : "groundwork";
    },
    hand(name, type, bytes) {
      if (groundwork.taker) return groundwork.taker(name, bytes, type), false;
      const url = URL.createObjectURL(new Blob([bytes], { type }));
      const anchor = Object.assign(document.createElement("a"), { href: url, download: name });
      anchor.click();
      // The browser reads it after the click; a minute is ample.
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
      return true;
    },
    /** A text in the language that the page is shown in. */
    said: (english) => english,
    /** Shows the page in another language than the English that it is written in. */
    language(tag) {
      if (tag === language) return;
      language = tag;
      groundwork.load("language").then((it) => it.use(tag)).catch(console.warn);
    },
    tell(event, message) {
      if (event === "share") groundwork.load("share").then((share) => share.open(), console.warn);
      dispatchEvent(new CustomEvent(`groundwork-${event}`, { detail: message }));
    },
    connect(command) {
      groundwork.command = command;
      if (isLink(hash)) groundwork.load("link").then((it) => it.open(hash), console.warn);
      if (isFrame || location.search.includes("page=")) groundwork.load("frame").then((frame) => frame.start(), console.warn);
      // After everything else, and only where the page belongs to nobody else and names its manifest.
      else if (document.querySelector("[rel=manifest]")) setTimeout(() => groundwork.load("offline").catch(console.warn), 3000);
    },
    failed(error) {
      document.querySelector("[role=status]").textContent = `Groundwork cannot start here: ${error.message ?? error}`;
    },
    /** What is left when the app has stopped. */
    crashed: (error) => groundwork.load("crash").then((it) => it.show(error), console.warn),
    start: (js, module) => js.then((app) => app.default({ module_or_path: module })).catch(groundwork.failed),
  });
  // The app ends by a trap and in no other way.
  const trapped = ({ error, reason = error }) => reason instanceof WebAssembly.RuntimeError && groundwork.crashed(reason);
  addEventListener("error", trapped);
  addEventListener("unhandledrejection", trapped);
  if (app) groundwork.start(import(app.js), wasm(app.wasm));
}
