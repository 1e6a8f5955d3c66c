// The same in Firefox and WebKit, as Debian has them: from hosts of three kinds, from disk, and in a page of somebody else's.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onlyOwnFiles, test } from "../fixtures.js";
import { DIST, serve } from "../server.mjs";
import { firefox, webkit } from "../webdriver.mjs";

// Totals are compared with those of other places, which look as long as usual.
test.use({ steps: null });

/** What a script in the page needs. `wait(what, probe)` resolves to the first true answer. */
const HELPERS = `
  const done = arguments[arguments.length - 1];
  const wait = async (what, probe) => {
    for (let attempt = 0; attempt < 500; attempt += 1) {
      const found = probe();
      if (found) return found;
      await new Promise((next) => setTimeout(next, 100));
    }
    throw Error("waited in vain for " + what + ": " + document.body.innerText.slice(0, 300));
  };
  const button = (name) => wait(name, () => [...document.querySelectorAll("button")].find((it) => it.textContent.includes(name) && !it.disabled));
  const total = async () => {
    location.hash = "/cost";
    // Parts of a page follow in tasks of their own, so the total is read once it has stood for half a second.
    let [seen, times] = [null, 0];
    return wait("the plan", () => {
      const now = document.querySelector('.page[aria-busy="false"] [data-testid=ledger-total]')?.innerText.replace(/\\s+/g, " ").trim();
      [seen, times] = [now, now && now === seen ? times + 1 : 0];
      return times === 5 && now;
    });
  };
  const answer = (work) => work().then(done, (error) => done("failed: " + error));
`;
const SAMPLE = `${HELPERS} answer(async () => { (await button("Try the sample estate")).click(); await wait("figures", () => document.querySelector(".kpis")); return total(); });`;
const TOTAL = `${HELPERS} answer(total);`;
const READY = `${HELPERS} answer(() => wait("the frame", () => document.querySelector("groundwork-planner[data-ready]") && "ready"));`;
const LOADED = `${HELPERS} answer(async () => performance.getEntriesByType("resource").map((it) => it.name).filter((name) => !/^(blob|data):/.test(name)));`;
const FRAME = `return document.querySelector("groundwork-planner").shadowRoot.querySelector("iframe");`;

for (const [name, start] of [["Firefox", firefox], ["WebKit", webkit]]) {
  test(`${name}: from hosts, from disk, in a page`, async ({ server, sample }) => {
    test.setTimeout(480_000);
    const browser = await start();
    test.skip(!browser, `${name} is not there`);
    const hosts = {
      "the top of a host": await serve(0, { subPath: "/" }),
      "a sub-path": await serve(),
      "wrong types": await serve(0, { types: { ".wasm": "application/octet-stream", ".pack": "text/plain" } }),
    };
    const page = `<!doctype html><title>Docs</title><groundwork-planner src="plan.json" page="cost" height="700"></groundwork-planner><script src="${server.url}embed.js" defer></script>`;
    const docs = await serve(0, { subPath: "/docs/", pages: { "/docs/": page, "/docs/plan.json": sample.text } });
    try {
      for (const [where, host] of Object.entries(hosts)) {
        await browser.goto(host.url);
        expect(await browser.run(SAMPLE), where).toBe(sample.total);
        onlyOwnFiles(`${name}, ${where}`, host.requests);
      }
      await browser.goto(pathToFileURL(join(DIST, "groundwork.html")).href);
      expect(await browser.run(SAMPLE), "from disk").toBe(sample.total);
      expect(await browser.run(LOADED), "from disk").toEqual([]);
      await browser.goto(docs.url);
      expect(await browser.run(READY)).toBe("ready");
      await browser.enter(FRAME);
      expect(await browser.run(TOTAL), "embedded").toBe(sample.total);
    } finally {
      await browser.close();
      for (const host of Object.values(hosts)) await host.close();
      await docs.close();
    }
  });
}
