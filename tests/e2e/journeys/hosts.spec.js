// The same build from every kind of host: the sample is loaded and planned, and the total is the same everywhere.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { totalOfSample } from "../app.js";
import { expect, onlyOwnFiles, test, watch } from "../fixtures.js";
import { DIST, serve } from "../server.mjs";

// Totals are compared with those of other places, which look as long as usual.
test.use({ steps: null });

/** Runs the whole way in a browser of its own; nothing may go wrong on the way, and nothing may be asked for but our own files. */
async function visit(browser, where, url, options = {}) {
  const context = await browser.newContext({ serviceWorkers: "block", locale: "en-GB", ...options });
  const faults = watch(context, new URL(url).origin);
  const requests = [];
  context.on("request", (request) => requests.push(request.url()));
  const page = await context.newPage();
  await page.goto(url);
  const total = await totalOfSample(page);
  expect(faults).toEqual([]);
  await context.close();
  if (url.startsWith("http")) onlyOwnFiles(where, requests.map((request) => request.slice(url.length)));
  return { total, requests };
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Waits until a server of somebody else's answers. */
async function answers(url) {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await fetch(url).then((response) => response.ok, () => false)) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw Error(`${url} does not answer`);
}

const has = (program, ...args) => spawnSync(program, args, { stdio: "ignore" }).status === 0;

test("a static host under a sub-path", async ({ browser, server, sample }) => {
  expect((await visit(browser, "a sub-path", server.url)).total).toBe(sample.total);
});

test("the top of a host", async ({ browser, sample }) => {
  const server = await serve(0, { subPath: "/" });
  expect((await visit(browser, "the top of a host", server.url)).total).toBe(sample.total);
  await server.close();
});

test("a host that knows neither wasm nor the packs", async ({ browser, sample }) => {
  const type = "application/octet-stream";
  const server = await serve(0, { types: { ".wasm": type, ".pack": "text/plain", ".xlsx": type, ".webmanifest": type } });
  expect((await visit(browser, "wrong types", server.url)).total).toBe(sample.total);
  await server.close();
});

test("a host that sends the policy of the page with every file", async ({ browser, sample }) => {
  const policy = "default-src 'none'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; worker-src 'self'; img-src 'self' data: blob:; require-trusted-types-for 'script'; trusted-types default";
  const server = await serve(0, { headers: { "content-security-policy": policy, "x-content-type-options": "nosniff", "x-frame-options": "DENY" } });
  expect((await visit(browser, "the policy with every file", server.url)).total).toBe(sample.total);
  await server.close();
});

test("Python's http.server", async ({ browser, sample }) => {
  test.skip(!has("python3", "--version"), "python3 is not there");
  const port = await freePort();
  const python = spawn("python3", ["-m", "http.server", String(port), "--bind", "127.0.0.1", "--directory", DIST], { stdio: "ignore" });
  try {
    await answers(`http://127.0.0.1:${port}/`);
    expect((await visit(browser, "Python's http.server", `http://127.0.0.1:${port}/`)).total).toBe(sample.total);
  } finally {
    python.kill();
  }
});

test("nginx, with the compressed copies", async ({ browser, sample }) => {
  test.skip(!has("nginx", "-v"), "nginx is not there");
  const port = await freePort();
  const home = mkdtempSync(join(tmpdir(), "groundwork-nginx-"));
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${home}/${name};`).join(" ");
  writeFileSync(
    join(home, "nginx.conf"),
    `daemon off; pid ${home}/pid; error_log ${home}/error.log;${process.getuid?.() === 0 ? " user root;" : ""}
    events {}
    http {
      ${paths} access_log off; default_type application/octet-stream;
      types { text/html html; text/css css; text/javascript js; image/svg+xml svg; }
      server { listen 127.0.0.1:${port}; location /docs/planner/ { alias ${DIST}; index index.html; gzip_static on; } }
    }`,
  );
  const nginx = spawn("nginx", ["-p", home, "-c", join(home, "nginx.conf")], { stdio: "ignore" });
  try {
    const url = `http://127.0.0.1:${port}/docs/planner/`;
    await answers(url);
    expect((await fetch(`${url}engine_bg.wasm`, { headers: { "accept-encoding": "gzip" } })).headers.get("content-encoding")).toBe("gzip");
    expect((await visit(browser, "nginx", url)).total).toBe(sample.total);
  } finally {
    nginx.kill();
    rmSync(home, { recursive: true, force: true });
  }
});

test("the single file, opened from disk, requests nothing", async ({ browser, sample }) => {
  const url = pathToFileURL(join(DIST, "groundwork.html")).href;
  const { total, requests } = await visit(browser, "the single file", url);
  expect(total).toBe(sample.total);
  expect(requests.filter((request) => request !== url && !request.startsWith("blob:"))).toEqual([]);
});

/** What makes every kind of storage throw, as browsers do in frames of other sites. */
const closeStorage = () => {
  for (const name of ["indexedDB", "localStorage", "sessionStorage", "caches"]) {
    Object.defineProperty(self, name, {
      get() {
        throw new DOMException("closed", "SecurityError");
      },
    });
  }
};

test("a frame at another site, without storage", async ({ browser, server, sample }) => {
  const page = `<!doctype html><title>Docs</title><link rel="icon" href="data:,"><iframe width="1200" height="800" src="${server.url}?page=estate"></iframe>`;
  const docs = await serve(0, { subPath: "/docs/", pages: { "/docs/": page } });
  const context = await browser.newContext({ serviceWorkers: "block", locale: "en-GB" });
  await context.addInitScript(closeStorage);
  const faults = watch(context, new URL(server.url).origin);
  const tab = await context.newPage();
  // Another site, not only another origin.
  const url = docs.url.replace("127.0.0.1", "localhost");
  await tab.goto(url);
  const frame = await (await tab.locator("iframe").elementHandle()).contentFrame();
  expect(await totalOfSample(frame)).toBe(sample.total);
  await expect(frame.getByText("Not stored")).toBeVisible();
  expect(faults.filter((fault) => fault !== `request to another origin: ${url}`)).toEqual([]);
  await context.close();
  await docs.close();
});

test("the single file in a sandbox that allows scripts only", async ({ browser, server, sample }) => {
  const page = `<!doctype html><title>Docs</title><link rel="icon" href="data:,"><iframe width="1200" height="800" sandbox="allow-scripts" src="${server.url}groundwork.html"></iframe>`;
  const docs = await serve(0, { subPath: "/docs/", pages: { "/docs/": page } });
  const context = await browser.newContext({ serviceWorkers: "block", locale: "en-GB" });
  const requests = [];
  context.on("request", (request) => requests.push(request.url()));
  const tab = await context.newPage();
  await tab.goto(docs.url);
  const frame = await (await tab.locator("iframe").elementHandle()).contentFrame();
  expect(await frame.evaluate(() => self.origin)).toBe("null");
  expect(await totalOfSample(frame)).toBe(sample.total);
  expect(requests.filter((url) => !/^(blob|data):/.test(url))).toEqual([docs.url, `${server.url}groundwork.html`]);
  await context.close();
  await docs.close();
});

test("a browser that keeps storage closed", async ({ browser, server, sample }) => {
  const context = await browser.newContext({ serviceWorkers: "block" });
  await context.addInitScript(closeStorage);
  const faults = watch(context, new URL(server.url).origin);
  const page = await context.newPage();
  await page.goto(server.url);
  expect(await totalOfSample(page)).toBe(sample.total);
  await expect(page.getByText("Not stored")).toBeVisible();
  expect(faults).toEqual([]);
  await context.close();
});

test("the policy of the page is enforced, hosted and in one file", async ({ browser, server }) => {
  for (const url of [server.url, pathToFileURL(join(DIST, "groundwork.html")).href]) {
    const page = await browser.newPage({ serviceWorkers: "block" });
    await page.goto(url);
    await expect(page.getByRole("button", { name: "Try the sample estate" })).toBeVisible();
    const blocked = await page.evaluate(async () => {
      const violated = [];
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => violated.push(effectiveDirective));
      const attempts = {
        request: () => fetch("http://127.0.0.1:9/"),
        picture: () => new Promise((resolve, reject) => Object.assign(new Image(), { onload: resolve, onerror: reject, src: "http://127.0.0.1:9/x.png" })),
        html: async () => (document.createElement("div").innerHTML = "<b>x</b>"),
        worker: async () => new Worker("http://127.0.0.1:9/x.js"),
        code: async () => eval("1"),
        function: async () => new Function("return 1"),
      };
      const refused = [];
      for (const [name, attempt] of Object.entries(attempts)) await attempt().catch(() => refused.push(name));
      const element = document.createElement("p");
      element.setAttribute("style", "color: red");
      const script = document.createElement("script");
      script.append("window.hacked = true");
      document.body.append(element, script);
      await new Promise((done) => setTimeout(done, 200));
      return { refused, violated, colour: element.style.color, hacked: window.hacked, first: document.head.firstElementChild.httpEquiv };
    });
    expect(blocked.refused).toEqual(["request", "picture", "html", "worker", "code", "function"]);
    expect(blocked.violated).toEqual(expect.arrayContaining(["connect-src", "img-src", "style-src-attr", "require-trusted-types-for"]));
    expect(blocked).toMatchObject({ colour: "", first: "Content-Security-Policy" });
    expect(blocked.hacked).toBeUndefined();
    await page.close();
  }
});
