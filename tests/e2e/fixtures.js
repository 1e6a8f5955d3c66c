// What every journey starts from: `dist/` on a server of its own, and a page that fails the test for anything a visitor should never meet.
import { readFile } from "node:fs/promises";
import { test as base, expect } from "@playwright/test";
import { totalOfSample } from "./app.js";
import { serve } from "./server.mjs";

export { expect };

/** The page that asks, where a page does. */
function pageOf(request) {
  try {
    return request.frame().page();
  } catch {
    return undefined;
  }
}

/**
 * Tells requests that a browser gave up because their page was left while they were under way: a fault of nobody, since whoever asked is gone.
 * @returns {(request: import("@playwright/test").Request) => boolean}
 */
function leaving(context) {
  const asked = new WeakMap();
  const states = new WeakMap();
  /** Of a page: whether it is being left, and how often it was. */
  const stateOf = (page) => {
    if (!states.has(page)) {
      const state = { leaves: false, left: 0 };
      states.set(page, state);
      // Without a request before it, it goes elsewhere within the page.
      page.on("framenavigated", (frame) => {
        if (frame !== page.mainFrame() || !state.leaves) return;
        state.leaves = false;
        state.left += 1;
      });
    }
    return states.get(page);
  };
  context.on("request", (request) => {
    const page = pageOf(request);
    if (!page) return;
    const state = stateOf(page);
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) state.leaves = true;
    asked.set(request, state.left);
  });
  return (request) => {
    const page = pageOf(request);
    if (!page || request.failure()?.errorText !== "net::ERR_ABORTED") return false;
    const state = stateOf(page);
    return page.isClosed() || state.leaves || state.left > asked.get(request);
  };
}

/**
 * Collects everything that is wrong with a page: errors, error messages on the console, failed requests, requests to another origin.
 * @returns {string[]} grows while the page lives
 */
export function watch(context, origin) {
  const faults = [];
  const wasLeft = leaving(context);
  context.on("weberror", (event) => faults.push(`uncaught error: ${event.error()?.stack ?? event.error()}`));
  context.on("console", (message) => {
    if (message.type() === "error") faults.push(`console error: ${message.text()} (${message.location().url})`);
  });
  context.on("request", (request) => {
    const url = new URL(request.url());
    const isNetwork = url.protocol.startsWith("http") || url.protocol.startsWith("ws");
    if (isNetwork && url.origin !== origin) faults.push(`request to another origin: ${request.url()}`);
  });
  context.on("requestfailed", (request) => {
    if (!wasLeft(request)) faults.push(`failed request: ${request.url()} ${request.failure()?.errorText}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) faults.push(`status ${response.status()}: ${response.url()}`);
  });
  return faults;
}

/** Files that a visit loads with the page, … */
const FIRST = /^$|^(app|shared|pages|forms|later|further|site|favicon)-[\w-]+\.(js|wasm|css|svg)$/;
/** … and those that it loads when it needs them, each asked for by the id of the build. */
const LAZY = /^(engine-worker\.js|engine\.js|offline\.js|tabs\.js|engine_bg\.wasm|engine-shared\.wasm|intake\.wasm|extras\.wasm|catalog\/[\w-]+\.pack|sample\/[\w-]+\.xlsx)\?v=\w+$/;

/** What is loaded for use without network, besides those, by browsers that allow that. */
const KEPT = /^(sw\.js|index\.html|manifest\.webmanifest|icon[\w-]*\.(png|svg)|((crash|frame|language|link|picture|share)\.js|lang\/messages\.json)\?v=\w+)$/;

/** Fails where a visit asked for anything but our own files; says how many requests there were. `names` are relative to the page. */
export function onlyOwnFiles(where, names) {
  // A browser asks for this where it does not look at the page's own icon.
  const asked = names.filter((name) => name !== "favicon.ico");
  expect(asked.filter((name) => !FIRST.test(name) && !LAZY.test(name) && !KEPT.test(name)), where).toEqual([]);
  const lazy = asked.filter((name) => LAZY.test(name));
  const kept = asked.some((name) => KEPT.test(name)) ? "; the copy for use without network among them" : "";
  console.log(`${where}: ${asked.length} requests, ${lazy.length} of them for what is loaded when it is needed${kept}`);
}

export const test = base.extend({
  server: [
    async ({}, use) => {
      const server = await serve();
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],

  /** The sample as a project file, and its total: `{ text, total }`. Made once. */
  sample: [
    async ({ browser, server }, use) => {
      const page = await browser.newPage({ serviceWorkers: "block" });
      await page.goto(server.url);
      const total = await totalOfSample(page);
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save file" }).click()]);
      const text = await readFile(await download.path(), "utf8");
      await page.close();
      await use({ text, total });
    },
    { scope: "worker" },
  ],

  /**
   * In how many steps plans of new projects are looked for, as this browser remembers it. Few, for most journeys are not about how good a plan is; `null`: the
   * usual number, as in contexts that a test makes itself.
   */
  steps: [20, { option: true }],

  context: async ({ context, steps }, use) => {
    const remember = (steps) => {
      // A frame without an origin of its own has no storage.
      if (self.origin !== "null" && location.protocol.startsWith("http")) localStorage.setItem("groundwork.search-steps", String(steps));
    };
    if (steps !== null) await context.addInitScript(remember, steps);
    await use(context);
  },

  // `page.goto("./")` opens the app.
  baseURL: async ({ server }, use) => use(server.url),

  /** Faults of the pages so far. A test of a failure empties it after having checked it. */
  faults: [
    async ({ context, server }, use) => {
      const faults = watch(context, new URL(server.url).origin);
      await use(faults);
      expect(faults, "what a visitor should never meet").toEqual([]);
    },
    { auto: true },
  ],
});
