// What is shown when the app has stopped for good. Written without the app: it reads what is stored by itself, and offers it as a file.
import { make } from "./notice.js";
import { remembered } from "./tabs.js";

const { groundwork } = self;

/** Lays itself over the page, which answers nothing any more. */
export function show(error) {
  if (document.querySelector(".crash")) return;
  const dialog = make("dialog", { className: "dialog crash" });
  dialog.setAttribute("aria-labelledby", "crash-title");
  const head = make("header", { className: "dialog-head" });
  head.append(make("h2", { id: "crash-title", textContent: "Groundwork has stopped" }));
  const body = make("div", { className: "dialog-body" });
  const state = make("p", { textContent: "Looking for what is stored…" });
  state.setAttribute("role", "status");
  const details = make("details", { className: "muted" });
  details.append(make("summary", { textContent: "What happened" }), make("p", { textContent: `${error?.message ?? error} (build ${groundwork.build})` }));
  body.append(make("p", { textContent: "A mistake of Groundwork ended it. Loading it again brings back the project as it was stored last." }), state, details);
  const foot = make("footer", { className: "dialog-foot" });
  const reload = make("button", { className: "btn btn-primary", type: "button", textContent: "Load again" });
  reload.onclick = () => location.reload();
  foot.append(reload);
  dialog.append(head, body, foot);
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  // Its own stays in the way of nothing: whatever the app had open is under it.
  document.body.append(dialog);
  dialog.showModal();
  reload.focus();
  offer(state, foot).catch((reason) => {
    state.textContent = `Nothing can be read from the storage of this browser: ${reason.message ?? reason}.`;
  });
}

async function offer(state, foot) {
  const last = await stored();
  if (!last) {
    state.textContent = "No project is stored in this browser.";
    return;
  }
  const when = new Date(last.changed).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  state.textContent = `“${last.name || "Untitled project"}” was stored ${when}.`;
  const save = make("button", { className: "btn", type: "button", textContent: "Save it to a file" });
  const file = `${last.name.replace(/[^\p{L}\p{N} ._-]/gu, "-").trim() || "groundwork"}.groundwork.json`;
  save.onclick = () => groundwork.hand(file, "application/json", last.bytes);
  foot.prepend(save);
}

const result = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** The project that was open, or else the one that was stored last, as a project file; `src/web/storage.rs` says how it lies there. */
async function stored() {
  const opening = indexedDB.open(groundwork.database());
  // Nothing was ever stored: leave nothing behind.
  opening.onupgradeneeded = () => opening.transaction.abort();
  const database = await result(opening).catch((error) => (error.name === "AbortError" ? null : Promise.reject(error)));
  if (!database) return null;
  const store = database.transaction("parts").objectStore("parts");
  const get = (key) => result(store.get(key));
  let last = null;
  for (const key of await result(store.getAllKeys(IDBKeyRange.bound("project/", "project0")))) {
    const [name, changed, , estate] = await get(key);
    const id = key.slice("project/".length);
    const isOpen = id === remembered();
    if (!last || isOpen || (!last.isOpen && changed > last.changed)) last = { id, name, changed, estate, isOpen };
  }
  if (!last) return null;
  const [inputs, estate] = [await get(`inputs/${last.id}`), await get(last.estate)].map((bytes) => JSON.parse(new TextDecoder().decode(bytes)));
  const project = { ...inputs.project, name: last.name, report: estate.project.report, estate: estate.project.estate };
  return { ...last, bytes: new TextEncoder().encode(JSON.stringify({ ...inputs, project })) };
}
