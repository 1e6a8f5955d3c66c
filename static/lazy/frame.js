// The app inside of another page: what the address asks for (`?page=…&mode=…&theme=…&src=…`), and the conversation with `embed.js` on the page around.
// Nothing that comes from there is trusted: addresses and words are checked against what is known, sizes are bounded, data goes through the same
// reader as a file of the user's. In a frame nothing is kept in the browser (`static/boot.js`), so a page around can neither read nor change a project of the visitor's.
import { notice } from "./notice.js";
import { open, write } from "./project.js";

const { groundwork } = self;
const root = document.documentElement;

/** The largest project that is taken from the page around, in bytes. */
const MOST = 64 * 1024 * 1024;
/** Edits are gathered for so long before they are handed over, in milliseconds. */
const CHANGE_DELAY = 400;

const parameters = new URLSearchParams(location.search);
const THEMES = ["light", "dark"];

const STYLE = `
.rail-note, .rail .brand { display: none; }
.app { min-height: 0; }
[data-mode=view] :is(.topbar, .toasts, .language) { display: none; }
[data-mode=view] :is(input, select, textarea, [role=switch]) { pointer-events: none; }
`;

/** Begins: called once the app takes commands. */
export async function start() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  setTheme(parameters.get("theme"));
  if (parameters.get("mode") === "view") onlyView();
  // Of the same origin only: the policy of the page refuses any other.
  const src = parameters.get("src");
  if (src) {
    try {
      const response = await fetch(new URL(src, groundwork.base));
      if (!response.ok) throw Error(`the server answered ${response.status}`);
      await load(await response.arrayBuffer());
    } catch (error) {
      groundwork.tell("error", `${src} cannot be loaded: ${error.message}`);
    }
  }
  goTo(parameters.get("page"));
  const nonce = parameters.get("embed");
  if (nonce && parent !== self) shakeHands(nonce, parameters.get("host") ?? "");
}

/** Greets the page around; the first answer that comes from it, from the origin that it named, with the nonce, brings the channel for all else. */
function shakeHands(nonce, host) {
  // A page from disk, or in a sandbox, has no origin that a message could be addressed to. The greeting says nothing that its sender has not said.
  const target = /^https?:\/\/[^/]+$/.test(host) ? host : "*";
  const onMessage = (event) => {
    const { source, origin, data, ports } = event;
    if (source !== parent || data?.groundwork !== 1 || data.nonce !== nonce || ports.length !== 1) return;
    if (target !== "*" && origin !== target) return;
    removeEventListener("message", onMessage);
    converse(ports[0], data.autosave === true);
  };
  addEventListener("message", onMessage);
  parent.postMessage({ groundwork: 1, hello: nonce }, target);
}

function converse(port, autosave) {
  const tell = (event, detail = {}) => port.postMessage({ event, ...detail });

  const methods = {
    load: async ({ project }) => {
      if (!(project instanceof ArrayBuffer)) throw Error("load takes the bytes of a project file");
      await load(project);
    },
    export: async () => {
      const { bytes } = await write();
      tell("export", { project: bytes.slice().buffer });
      return bytes.buffer;
    },
    setTheme: ({ theme }) => setTheme(theme),
    goTo: ({ page }) => goTo(page),
  };
  port.onmessage = async ({ data }) => {
    const { id, method } = data ?? {};
    if (!Number.isSafeInteger(id) || !Object.hasOwn(methods, method)) return tell("error", { message: "The page around sent what this version does not know" });
    try {
      port.postMessage({ id, value: await methods[method](data) });
    } catch (error) {
      port.postMessage({ id, error: error.message });
    }
  };

  // Saving in a frame means: give it to the page around, and that may be a workbook or a picture.
  groundwork.taker = (name, bytes, mime) => tell("save", { name, mime, [mime === "application/json" ? "project" : "content"]: bytes.buffer });
  addEventListener("groundwork-error", ({ detail }) => tell("error", { message: detail }));
  let timer;
  addEventListener("groundwork-change", () => {
    if (loading) return;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (!autosave) return tell("change");
      try {
        tell("change", { project: (await write()).bytes.buffer });
      } catch (error) {
        tell("error", { message: error.message });
      }
    }, CHANGE_DELAY);
  });
  const app = document.getElementById("app");
  const measure = () => tell("resize", { height: Math.ceil(app.getBoundingClientRect().height) });
  new ResizeObserver(measure).observe(app);
  tell("ready", { build: groundwork.build });
}

// What is loaded is no edit.
let loading = 0;

async function load(bytes) {
  if (bytes.byteLength > MOST) throw Error(`the project has ${bytes.byteLength} bytes, more than the ${MOST} that are read here`);
  loading += 1;
  try {
    await open(bytes);
  } catch (error) {
    // Where only looking is allowed, the app's own messages, most of which are about keeping and undoing, are hidden.
    if (root.dataset.mode === "view") notice(error.message, [["Close"]]);
    throw error;
  } finally {
    loading -= 1;
  }
}

function setTheme(theme) {
  if (THEMES.includes(theme)) root.dataset.theme = theme;
  else delete root.dataset.theme;
}

function goTo(page) {
  if (/^[a-z]{1,20}$/.test(page ?? "")) location.hash = `/${page}`;
}

/** Looking, sorting and choosing work; changing does not. */
function onlyView() {
  root.dataset.mode = "view";
  const stop = (event) => {
    const isInput = event.target.closest?.("input, select, textarea, [role=switch]");
    if (isInput || event.type === "drop") {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };
  for (const type of ["click", "beforeinput", "keydown", "input", "change", "drop"]) addEventListener(type, stop, { capture: true });
}
