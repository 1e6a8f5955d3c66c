import { expect, test, watch } from "../fixtures.js";

test("the app starts under a sub-path", async ({ page }) => {
  await page.goto("./");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("the engine's worker loads both its files with the build id of the page", async ({ page }) => {
  await page.goto("./");
  const loaded = Promise.all(
    ["engine.js?v=1", "engine_bg.wasm?v=1"].map((name) => page.waitForResponse((response) => response.url().endsWith(name) && response.ok())),
  );
  await page.evaluate(() => {
    window.engine = new Worker(groundwork.base + "engine-worker.js?v=1");
    window.bootErrors = [];
    window.engine.onerror = (event) => window.bootErrors.push(event.message);
    window.engine.onmessage = ({ data }) => data?.type === "boot-error" && window.bootErrors.push(data.message);
  });
  await loaded;
  expect(await page.evaluate(() => window.bootErrors)).toEqual([]);
});

test("a worker that cannot load the engine says so", async ({ page, faults }) => {
  await page.route("**/engine_bg.wasm*", (route) => route.fulfill({ status: 404, body: "gone" }));
  await page.goto("./");
  const message = await page.evaluate(
    () =>
      new Promise((resolve) => {
        new Worker(groundwork.base + "engine-worker.js?v=1").onmessage = ({ data }) => resolve(data);
      }),
  );
  expect(message).toEqual({ type: "boot-error", message: expect.stringMatching(/\S/) });
  // The fault was made on purpose.
  expect(faults.splice(0).join("\n")).toContain("status 404");
});

test("a request is at fault where its page stays, and not where the page is left meanwhile", async ({ browser, server }) => {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const faults = watch(context, new URL(server.url).origin);
  const page = await context.newPage();
  await page.goto(server.url);
  await page.route("**/held", () => {});
  await page.route("**/dropped", (route) => route.abort("aborted"));
  const ask = (name) => page.evaluate((name) => void fetch(name).catch(() => {}), name);

  const [held] = await Promise.all([page.waitForRequest("**/held"), ask("held")]);
  const gone = context.waitForEvent("requestfailed", (request) => request === held);
  await page.reload();
  await gone;
  expect(faults).toEqual([]);

  await Promise.all([page.waitForEvent("requestfailed"), ask("dropped")]);
  expect(faults).toEqual([expect.stringMatching(/dropped .*ABORTED/)]);
  await context.close();
});
