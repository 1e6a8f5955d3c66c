// After one visit everything works without network; a new version is offered, never forced.
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { figure, go, saved, totalOf, totalOfSample } from "../app.js";
import { expect, test, watch } from "../fixtures.js";
import { DIST, serve } from "../server.mjs";

// Totals are compared with those of other places, which look as long as usual.
test.use({ steps: null });

/** A copy of the build that a test may change, on a server of its own. */
async function site() {
  const root = mkdtempSync(join(tmpdir(), "groundwork-site-"));
  cpSync(DIST, root, { recursive: true });
  const server = await serve(0, { root: root + "/" });
  return { root, url: server.url, stop: () => server.close(), clean: () => rmSync(root, { recursive: true, force: true }) };
}

/** Makes of a copy a later build of the same sources. */
function nextBuild(root) {
  const build = readFileSync(join(root, "build-id.txt"), "utf8").trim();
  const edit = (name, change) => writeFileSync(join(root, name), change(readFileSync(join(root, name), "utf8")));
  const renamed = (text) => text.replaceAll(`"${build}"`, '"0123456789abcdef"');
  edit("sw.js", renamed);
  edit("index.html", (html) => {
    const script = renamed(/<script>([^]*?)<\/script>/.exec(html)[1]);
    // The policy names the script by its hash.
    const hash = createHash("sha256").update(script).digest("base64");
    return renamed(html).replace(/sha256-[^']+/, `sha256-${hash}`);
  });
}

/** Waits until the copy is complete. */
async function kept(page) {
  const state = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state);
  await expect.poll(state, { timeout: 60_000 }).toBe("activated");
}

test.use({ serviceWorkers: "allow" });

test("without network, after one visit", async ({ browser }) => {
  const host = await site();
  const context = await browser.newContext({ serviceWorkers: "allow" });
  const page = await context.newPage();
  await page.goto(host.url);
  await kept(page);
  await host.stop();

  const faults = watch(context, new URL(host.url).origin);
  const next = await context.newPage();
  await next.goto(host.url);
  const total = await totalOfSample(next);
  await saved(next);
  await next.reload();
  expect(await totalOf(next)).toBe(total);
  // A region whose prices have not been asked for before.
  await go(next, "Estate");
  expect((await figure(next, "Machines")).value).toMatch(/\d/);
  const names = await next.evaluate(async () => (await (await fetch("./catalog/instances-aws-sa-east-1.pack?v=x")).arrayBuffer()).byteLength);
  expect(names).toBeGreaterThan(1000);
  expect(faults).toEqual([]);
  await context.close();
  host.clean();
});

test("a new version is offered, and the old one goes on until it is taken", async ({ browser }) => {
  const host = await site();
  const context = await browser.newContext({ serviceWorkers: "allow" });
  const page = await context.newPage();
  await page.goto(host.url);
  const build = await page.evaluate(() => groundwork.build);
  await kept(page);
  nextBuild(host.root);

  await page.goto(host.url);
  await expect(page.getByText("A new version of Groundwork is ready")).toBeVisible({ timeout: 60_000 });
  expect(await page.evaluate(() => groundwork.build)).toBe(build);
  await page.getByRole("button", { name: "Later" }).click();
  await page.reload();
  expect(await page.evaluate(() => groundwork.build)).toBe(build);

  await page.getByRole("button", { name: "Reload" }).click({ timeout: 30_000 });
  await expect.poll(() => page.evaluate(() => globalThis.groundwork?.build).catch(() => ""), { timeout: 30_000 }).toBe("0123456789abcdef");

  // The kill switch: the file in the place of the service worker frees the visitor. Visited until it is found: a look of the browser that began before
  // the file was there, after the reload above say, finds what was.
  cpSync(join(host.root, "sw-off.js"), join(host.root, "sw.js"));
  const visit = async () => {
    await page.goto(host.url);
    return page.evaluate(async () => ({ caches: await caches.keys(), workers: (await navigator.serviceWorker.getRegistrations()).length }));
  };
  await expect.poll(() => visit().catch(String), { timeout: 60_000, intervals: [1000, 5000] }).toEqual({ caches: [], workers: 0 });
  await context.close();
  await host.stop();
  host.clean();
});
