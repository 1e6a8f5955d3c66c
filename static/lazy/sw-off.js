// The kill switch: a host that puts this file in the place of `sw.js` frees every visitor of the copy for use without network. The next visit
// removes the copy and the service worker, and everything comes from the server again.
// Asked once, a browser whose worker before this one is at work waits until it has long been idle; asked again, it looks at once.
const take = () => self.skipWaiting();
let asking;
self.addEventListener("install", () => {
  take();
  asking = setInterval(take, 500);
});
self.addEventListener("activate", (event) => {
  clearInterval(asking);
  event.waitUntil(leave());
});

async function leave() {
  for (const name of await caches.keys()) {
    if (name.startsWith(`groundwork ${self.registration.scope} `)) await caches.delete(name);
  }
  // Not waited for: a registration that a page asks for meanwhile comes before it in the browser's queue and waits for this worker to be active, as
  // does every visit.
  self.registration.unregister().then(visit);
}

async function visit() {
  for (const page of await self.clients.matchAll({ type: "window" })) page.navigate(page.url);
}
