// <groundwork-planner>: Groundwork inside of a page. One script, no dependencies; it works as a classic script and as a module.
//   <script src="https://…/groundwork/embed.js" defer></script>
//   <groundwork-planner src="plan.json" page="cost" mode="view">What is shown without JavaScript, and in print</groundwork-planner>
// docs/embedding.md describes the attributes, methods and events.
(() => {
  const script = document.currentScript ?? [...document.scripts].find(({ src }) => /\/embed\.js(\?|$)/.test(src));
  const home = script ? new URL(".", script.src).href : document.baseURI;

  /** How long the frame may take to greet, in milliseconds. */
  const PATIENCE = 30_000;
  const MOST_HEIGHT = 20_000;
  const STYLE = `
    :host { display: block; min-height: 4rem; }
    iframe { display: block; width: 100%; height: 40rem; border: 0; color-scheme: auto; }
    :host([data-ready]) slot { display: none; }
    :host(:not([data-ready])) iframe { position: absolute; visibility: hidden; }
    @media print { :host([data-ready]) slot { display: contents; } iframe { display: none; } }`;

  // How generators of documentation say that the page is dark: Material for MkDocs, mdBook, Furo, Docusaurus, Docsy.
  function themeOfPage() {
    const { documentElement: html, body } = document;
    const signs = [body.dataset.mdColorScheme, html.dataset.mdColorScheme, html.dataset.theme, body.dataset.theme, html.dataset.bsTheme];
    const scheme = signs.find((sign) => sign && sign !== "auto");
    if (scheme) return /slate|dark/.test(scheme) ? "dark" : "light";
    if (/\b(navy|coal|ayu)\b/.test(html.className)) return "dark";
    if (/\b(light|rust)\b/.test(html.className)) return "light";
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }

  class GroundworkPlanner extends HTMLElement {
    #frame = null;
    #port = null;
    #calls = new Map();
    #next = 1;
    #end = null;
    #ready = null;
    #isReady = () => {};

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      root.append(document.createElement("slot"));
      this.#ready = new Promise((resolve) => (this.#isReady = resolve));
    }

    static observedAttributes = ["theme", "page", "src"];

    attributeChangedCallback(name) {
      if (!this.#port) return;
      if (name === "theme") this.#follow();
      else if (name === "page") this.goTo(this.getAttribute("page"));
      else this.#loadSource();
    }

    connectedCallback() {
      if (this.#end) return;
      this.#end = new AbortController();
      const { signal } = this.#end;
      const seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && (seen.disconnect(), this.#open()), { rootMargin: "400px" });
      seen.observe(this);
      const themes = new MutationObserver(() => this.#follow());
      for (const node of [document.documentElement, document.body]) themes.observe(node, { attributes: true });
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#follow(), { signal });
      signal.addEventListener("abort", () => (seen.disconnect(), themes.disconnect()));
    }

    disconnectedCallback() {
      // Moved within the page it comes right back.
      queueMicrotask(() => this.isConnected || this.destroy());
    }

    /** Shows a project: the content of its file, as text, bytes or a Blob. */
    async load(project) {
      const bytes = await new Response(project).arrayBuffer();
      return this.#call("load", { project: bytes }, [bytes]);
    }

    /** The project as it is now, as the text of its file. */
    async export() {
      return text(await this.#call("export"));
    }

    setTheme(theme) {
      return this.#call("setTheme", { theme });
    }

    goTo(page) {
      return this.#call("goTo", { page });
    }

    /** Ends it; what is inside of the element is shown again. */
    destroy() {
      this.#end?.abort();
      this.#end = null;
      this.#port?.close();
      this.#port = null;
      this.#frame?.remove();
      this.#frame = null;
      this.removeAttribute("data-ready");
      for (const { reject } of this.#calls.values()) reject(Error("the planner was removed"));
      this.#calls.clear();
      this.#ready = new Promise((resolve) => (this.#isReady = resolve));
    }

    async #call(method, detail = {}, transfer = []) {
      await this.#ready;
      return new Promise((resolve, reject) => {
        const id = this.#next++;
        this.#calls.set(id, { resolve, reject });
        this.#port.postMessage({ ...detail, id, method }, transfer);
      });
    }

    #open() {
      const { signal } = this.#end;
      const app = new URL(this.getAttribute("app") ?? home, document.baseURI);
      const isSandboxed = this.hasAttribute("sandbox");
      // In a sandbox, and from disk, a page has no origin and may load nothing: only the single file works there.
      const isNull = isSandboxed || app.protocol === "file:";
      const url = new URL(isNull ? "groundwork.html" : "./", app);
      const nonce = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      url.search = new URLSearchParams({
        embed: nonce,
        host: location.origin,
        mode: this.getAttribute("mode") === "view" ? "view" : "edit",
        theme: this.#theme(),
        page: this.getAttribute("page") ?? "",
        lang: this.closest("[lang]")?.lang ?? "",
      });
      const frame = (this.#frame = document.createElement("iframe"));
      if (isSandboxed) frame.setAttribute("sandbox", "allow-scripts allow-downloads");
      frame.title = this.getAttribute("title") ?? "Groundwork";
      frame.allow = "clipboard-write";
      frame.src = url.href;
      const height = this.getAttribute("height");
      if (height && height !== "auto") frame.style.height = /^\d+$/.test(height) ? `${height}px` : height;

      // Such pages have the origin "null". Any of them could send it; only this frame has the nonce.
      const origin = isNull ? "null" : url.origin;
      const late = setTimeout(() => this.#tell("error", { message: `${app.href} did not answer` }), PATIENCE);
      signal.addEventListener("abort", () => clearTimeout(late));
      const onMessage = ({ source, origin: from, data }) => {
        if (source !== frame.contentWindow || from !== origin || data?.groundwork !== 1 || data.hello !== nonce) return;
        removeEventListener("message", onMessage);
        clearTimeout(late);
        const { port1, port2 } = new MessageChannel();
        this.#port = port1;
        port1.onmessage = (event) => this.#hear(event.data);
        frame.contentWindow.postMessage({ groundwork: 1, nonce, autosave: this.hasAttribute("autosave") }, origin === "null" ? "*" : origin, [port2]);
      };
      addEventListener("message", onMessage, { signal });
      this.shadowRoot.append(frame);
    }

    #hear({ id, value, error, event, ...detail }) {
      const call = this.#calls.get(id);
      if (call) {
        this.#calls.delete(id);
        return error === undefined ? call.resolve(value) : call.reject(Error(error));
      }
      if (event === "ready") {
        this.setAttribute("data-ready", "");
        this.#isReady();
        this.#loadSource();
      }
      if (event === "resize") {
        const height = Math.min(Number(detail.height) || 0, MOST_HEIGHT);
        if ((this.getAttribute("height") ?? "auto") === "auto" && height > 0) this.#frame.style.height = `${height}px`;
      }
      if (!["ready", "change", "save", "export", "resize", "error"].includes(event)) return;
      if (detail.project instanceof ArrayBuffer) detail.project = text(detail.project);
      // A page that does not take what is saved leaves it to the visitor.
      if (this.#tell(event, detail) && event === "save") download(detail);
    }

    #tell(type, detail) {
      return this.dispatchEvent(new CustomEvent(type, { detail, cancelable: type === "save" }));
    }

    async #loadSource() {
      const src = this.getAttribute("src");
      if (!src) return;
      try {
        await this.load(await read(src));
        if (this.hasAttribute("page")) await this.goTo(this.getAttribute("page"));
      } catch (error) {
        this.#tell("error", { message: `${src} cannot be shown: ${error.message}` });
      }
    }

    #theme() {
      const asked = this.getAttribute("theme");
      return asked === "light" || asked === "dark" ? asked : themeOfPage();
    }

    #follow() {
      if (this.#port) this.setTheme(this.#theme());
    }
  }

  /** A project that lies beside the page, or, as `#id`, in a script element of the page that is no script. */
  async function read(src) {
    if (src.startsWith("#")) return document.getElementById(src.slice(1)).textContent;
    const response = await fetch(new URL(src, document.baseURI));
    if (!response.ok) throw Error(`the server answered ${response.status}`);
    return response.arrayBuffer();
  }

  function text(bytes) {
    return new TextDecoder().decode(bytes);
  }

  function download({ name, mime, project, content }) {
    const url = URL.createObjectURL(new Blob([project ?? content], { type: mime }));
    Object.assign(document.createElement("a"), { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  if (!customElements.get("groundwork-planner")) customElements.define("groundwork-planner", GroundworkPlanner);
})();
