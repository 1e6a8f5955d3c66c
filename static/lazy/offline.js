// Keeps a copy of the site for use without network, and offers a newer version when there is one. Loaded after everything else, and only where the
// page names its manifest: a host that wants none of this takes that line out of index.html.
import { notice } from "./notice.js";

const worker = navigator.serviceWorker;
if (worker) keep().catch((error) => console.warn("Groundwork will not work without network here:", error));

async function keep() {
  const registration = await worker.register(self.groundwork.base + "sw.js");
  offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming.addEventListener("statechange", () => coming.state === "installed" && offer(coming));
  });
  // The browser looks for another version by itself, but puts that off for as long as the worker is asked for files: on a slow machine from visit to visit.
  // Without network there is none to be found.
  if (registration.active) registration.update().catch(() => {});
}

/** Nothing changes until the user wants it: this page, and what it computes, stay those of one version. */
function offer(waiting) {
  // Without a controller this is the first visit, and the copy is that of the page itself.
  if (!waiting || !worker.controller || document.querySelector(".notice")) return;
  const reload = () => {
    worker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage("take over");
  };
  notice("A new version of Groundwork is ready", [["Reload", reload], ["Later"]]);
}
