// The service worker: keeps one complete copy of a build and answers from it, so that Groundwork opens and works without network.
// `cargo xtask build` writes BUILD (its id) and FILES (what belongs to it) before this text, so that every build has another script: that is how
// the browser finds a new version. Caches carry the scope in their names, for several copies of Groundwork may live at one origin.
const CACHES = `groundwork ${self.registration.scope} `;
const urlOf = (name) => new URL(name, self.registration.scope).href;

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("message", ({ data }) => data === "take over" && self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const { method, url, mode } = event.request;
  if (method !== "GET" || !url.startsWith(self.registration.scope)) return;
  const { pathname, searchParams } = new URL(url);
  const path = pathname.slice(new URL(self.registration.scope).pathname.length);
  const name = mode === "navigate" && path === "" ? "index.html" : decodeURIComponent(path);
  // What is not of this build (the single file, say) is asked of the server.
  if (NAMES.has(name)) event.respondWith(answer(name, searchParams.get("v") ?? BUILD, event.request));
});

const NAMES = new Set(FILES.map((file) => file.replace(/\?.*/, "")));

/** All or nothing: a copy that lacks a file, or mixes two builds, is no copy. */
async function fill() {
  const cache = await caches.open(CACHES + BUILD);
  const files = FILES.values();
  const next = async (file) => {
    // The browser asks again where its own cache may be stale; what has not changed is not sent again.
    const response = await fetch(urlOf(file), { cache: "no-cache" });
    const name = file.replace(/\?.*/, "");
    if (!response.ok) throw new Error(`${name}: the server answered ${response.status}`);
    if (name === "index.html" && !(await response.clone().text()).includes(BUILD)) throw new Error("the server has another build by now");
    await cache.put(urlOf(name), await plain(response));
  };
  // A few at a time: the page may want something meanwhile.
  await Promise.all(Array.from({ length: 6 }, async () => {
    for (const file of files) await next(file);
  }));
}

/** The response without what a redirect leaves on it, which a browser does not take for a page. */
async function plain(response) {
  return response.redirected ? new Response(await response.blob(), { headers: response.headers }) : response;
}

/** Keeps the build before this one: a tab in which it still runs goes on loading its own files. */
async function tidy() {
  const names = (await caches.keys()).filter((name) => name.startsWith(CACHES));
  const others = names.filter((name) => name !== CACHES + BUILD);
  for (const name of others.slice(0, -1)) await caches.delete(name);
}

async function answer(name, build, request) {
  for (const cache of [CACHES + build, CACHES + BUILD]) {
    const found = (await caches.has(cache)) && (await (await caches.open(cache)).match(urlOf(name)));
    if (found) return found;
  }
  return fetch(request);
}
