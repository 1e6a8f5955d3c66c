// Groundwork inside of another page: the element <groundwork-planner>, the plain frame, and hosts that mean no good.
import { go, openSample, planned, saved, totalOf } from "../app.js";
import { expect, test as base, watch } from "../fixtures.js";
import { serve } from "../server.mjs";

const test = base.extend({
  /** Opens a page of somebody else's, at another site, whose body is `body`; its own server has the sample as plan.json. */
  host: async ({ browser, server, sample }, use) => {
    const contexts = [];
    const servers = [];
    await use(async (body, { files = {}, sameOrigin = false } = {}) => {
      const embed = `<script src="${server.url}embed.js" defer></script>`;
      const record = `<script>
        window.heard = [];
        for (const type of ["ready", "change", "save", "export", "resize", "error"])
          addEventListener(type, (event) => event.target.localName === "groundwork-planner" && heard.push({ type, ...event.detail }), true);
      </script>`;
      const html = `<!doctype html><html lang="en"><title>Docs</title><link rel="icon" href="data:,">${record}<body><h1>Docs</h1>${body}${embed}</body></html>`;
      const other = await serve(0, { subPath: "/docs/", pages: { "/docs/": html, "/docs/plan.json": sample.text, ...files } });
      servers.push(other);
      // Another site, not only another origin.
      const url = other.url.replace("127.0.0.1", "localhost");
      const context = await browser.newContext({ serviceWorkers: "block", locale: "en-GB" });
      contexts.push(context);
      const faults = watch(context, "");
      const page = await context.newPage();
      await page.goto(url);
      const own = [new URL(url).origin, new URL(server.url).origin];
      const strange = () => faults.filter((fault) => !own.some((origin) => fault.startsWith(`request to another origin: ${origin}/`)));
      return { page, strange, origin: new URL(url).origin };
    });
    for (const context of contexts) await context.close();
    for (const other of servers) await other.close();
  },
});

// Totals are compared with those of other places, which look as long as usual.
test.use({ steps: null });

/** The app in the element, once it is ready. */
async function inside(page) {
  await expect(page.locator("groundwork-planner[data-ready]")).toBeVisible({ timeout: 30_000 });
  return (await (await page.locator("groundwork-planner iframe").elementHandle()).contentFrame());
}

const heard = (page, type) => page.evaluate((type) => window.heard.filter((event) => event.type === type), type);
const call = (page, method, ...values) => page.evaluate(([method, values]) => document.querySelector("groundwork-planner")[method](...values), [method, values]);

test("a plan is shown in documentation, looks like it, and gives itself back", async ({ host, sample }) => {
  const { page, strange } = await host('<groundwork-planner src="plan.json" page="cost" mode="view"><p id="inner">A table for print</p></groundwork-planner>');
  const frame = await inside(page);
  expect(await totalOf(frame)).toBe(sample.total);
  await expect(page.locator("#inner")).toBeHidden();
  await expect(frame.getByRole("button", { name: "Save file" })).toBeHidden();

  // As high as what it holds.
  await expect.poll(() => page.locator("groundwork-planner iframe").evaluate((it) => it.clientHeight)).toBeGreaterThan(700);
  expect(await frame.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBeLessThan(2);

  // The theme of the page around, by the signs of five generators.
  const dark = () => frame.evaluate(() => document.documentElement.dataset.theme);
  for (const [node, name, value, expected] of [
    ["body", "data-md-color-scheme", "slate", "dark"],
    ["body", "data-md-color-scheme", null, "light"],
    ["html", "class", "js navy", "dark"],
    ["html", "class", "js rust", "light"],
    ["html", "class", null, "light"],
    ["body", "data-theme", "dark", "dark"],
    ["body", "data-theme", "auto", "light"],
    ["html", "data-theme", "dark", "dark"],
    ["html", "data-theme", null, "light"],
    ["html", "data-bs-theme", "dark", "dark"],
  ]) {
    await page.locator(node).evaluate((it, [name, value]) => (value === null ? it.removeAttribute(name) : it.setAttribute(name, value)), [name, value]);
    await expect.poll(dark, `${node} ${name}=${value}`).toBe(expected);
  }

  await call(page, "goTo", "plan");
  await expect(frame.getByRole("heading", { name: "Plan", level: 1 })).toBeAttached();
  const exported = JSON.parse(await call(page, "export"));
  expect(exported.project.estate).toEqual(JSON.parse(sample.text).project.estate);
  expect(exported.project.scenarios).toEqual(JSON.parse(sample.text).project.scenarios);
  // Looking is no change.
  expect(await heard(page, "change")).toEqual([]);
  expect((await heard(page, "ready")).length).toBe(1);
  expect((await heard(page, "export")).length).toBe(1);

  await call(page, "destroy");
  await expect(page.locator("#inner")).toBeVisible();
  expect(strange()).toEqual([]);
});

test("edits are handed to the page around, and saving too", async ({ host, sample }) => {
  const { page, strange } = await host('<groundwork-planner src="plan.json" page="estate" mode="edit" theme="dark" autosave></groundwork-planner>');
  const frame = await inside(page);
  expect(await frame.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
  await frame.getByRole("switch", { name: "Powered off" }).click();
  await expect.poll(async () => (await heard(page, "change")).length).toBeGreaterThan(0);
  const [{ project }] = (await heard(page, "change")).slice(-1);
  expect(JSON.parse(project).project.scenarios).not.toEqual(JSON.parse(sample.text).project.scenarios);

  await page.evaluate(() => document.querySelector("groundwork-planner").addEventListener("save", (event) => event.preventDefault()));
  await frame.getByRole("button", { name: "Save file" }).click();
  await expect.poll(async () => (await heard(page, "save")).length).toBe(1);
  const [saved] = await heard(page, "save");
  expect(saved.name).toMatch(/\.groundwork\.json$/);
  expect(JSON.parse(saved.project).project.scenarios).toEqual(JSON.parse(project).project.scenarios);
  expect(strange()).toEqual([]);
});

test("what is not a project is refused with a message, and the plan on screen stays", async ({ host, sample }) => {
  const { page, strange } = await host('<groundwork-planner src="plan.json" page="cost"></groundwork-planner>');
  const frame = await inside(page);
  expect(await totalOf(frame)).toBe(sample.total);
  const refused = (project) => call(page, "load", project).then(() => "", (error) => error.message);
  expect(await refused("<script>alert(1)</script>")).toMatch(/JSON|project/);
  expect(await refused('{"schema_version":999,"app":"groundwork","project":{}}')).toMatch(/newer/);
  expect((await heard(page, "error")).length).toBeGreaterThanOrEqual(2);
  expect(await totalOf(frame)).toBe(sample.total);
  await page.locator("groundwork-planner").evaluate((it) => it.setAttribute("src", "missing.json"));
  await expect.poll(async () => JSON.stringify(await heard(page, "error"))).toContain("missing.json");
  expect(strange().filter((fault) => !/missing\.json|404/.test(fault))).toEqual([]);
});

test("a frame in a sandbox gets the single file and works", async ({ host, sample }) => {
  const { page, strange } = await host('<groundwork-planner src="plan.json" page="cost" sandbox></groundwork-planner>');
  const frame = await inside(page);
  expect(await frame.evaluate(() => self.origin)).toBe("null");
  expect(await totalOf(frame)).toBe(sample.total);
  await go(frame, "Plan");
  await planned(frame);
  expect(strange()).toEqual([]);
});

test("a plain frame needs no script, and what is stored at its origin stays", async ({ page, sample }) => {
  await openSample(page);
  await go(page, "Cost");
  expect(await totalOf(page)).toBe(sample.total);
  await saved(page);
  // The same origin as the app is the harder case: the frame could reach the stored project.
  await page.route("**/same-origin.html", (route) => route.fulfill({ contentType: "text/html", body: `<!doctype html><title>Docs</title><iframe width="1200" height="800" src="./?page=estate&theme=dark"></iframe>` }));
  await page.goto("./same-origin.html");
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
  await frame.getByRole("button", { name: "Type in totals…" }).click();
  await frame.getByRole("dialog").getByRole("button", { name: "Use this estate" }).click();
  await expect(frame.locator(".kpis").first()).toBeVisible();
  await expect(frame.getByText("Not stored")).toBeVisible();

  await page.goto("./#/cost");
  expect(await totalOf(page)).toBe(sample.total);
});

test("messages of strangers are not heard", async ({ host, sample }) => {
  const { page } = await host('<groundwork-planner src="plan.json" page="cost"></groundwork-planner><iframe name="stranger" srcdoc="<p>hello"></iframe>');
  const frame = await inside(page);
  expect(await totalOf(frame)).toBe(sample.total);
  // The frame is in conversation already; a second greeting, or one of somebody else, opens no second channel.
  const answers = await page.evaluate(async () => {
    const planner = document.querySelector("groundwork-planner").shadowRoot.querySelector("iframe");
    const nonce = new URL(planner.src).searchParams.get("embed");
    let heard = 0;
    const send = (from) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (heard += 1);
      from.postMessage.call(planner.contentWindow, { groundwork: 1, nonce }, "*", [port2]);
      port1.postMessage({ id: 1, method: "export" });
    };
    send(window);
    send(window.frames.stranger);
    planner.contentWindow.postMessage({ groundwork: 1, nonce: "guess" }, "*");
    planner.contentWindow.postMessage("noise", "*");
    // And the page around hears nothing from frames that are not the planner.
    window.frames.stranger.eval("parent.postMessage({ groundwork: 1, hello: '" + nonce + "' }, '*')");
    await new Promise((done) => setTimeout(done, 800));
    return heard;
  });
  expect(answers).toBe(0);
  expect(await totalOf(frame)).toBe(sample.total);
});
