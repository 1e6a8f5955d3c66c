// A project that leaves the app and comes back gives the same plan: by link, project file, workbook, and through the element in another page.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { go, openFiles, openSample, planned } from "../app.js";
import { expect, test } from "../fixtures.js";
import { serve } from "../server.mjs";

// Totals are compared with those of other places, which look as long as usual.
test.use({ steps: null });

/** An inventory of 240 machines on twelve hosts, as RVTools writes it. */
function inventory() {
  let text = "VM,Powerstate,Template,CPUs,Memory,Provisioned MiB,In Use MiB,Host,Cluster,Datacenter\n";
  for (let index = 0; index < 240; index += 1) text += `vm-${index},poweredOn,False,${(index % 7) + 1},${4096 + 64 * index},${40_960 + index * 17},20480,esx-${index % 12},cluster-${index % 2},dc\n`;
  return { name: "RVTools_tabvInfo.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
}

/** Three estates, and how each comes into the app. */
const ESTATES = {
  "the sample": openSample,
  "an inventory": async (page) => {
    await page.goto("./");
    await openFiles(page, inventory());
  },
  "a project that was saved": async (page) => {
    await page.goto("./");
    await openFiles(page, fileURLToPath(new URL("../../../examples/docs/plan.json", import.meta.url)));
  },
};

/** A file that the app gives when a button is pressed. */
async function file(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: 120_000 }), page.getByRole("button", { name: button }).click()]);
  return { name: download.suggestedFilename(), mimeType: "", buffer: await readFile(await download.path()) };
}

/** The hash of the plan on screen, as the report says it. */
async function planHash(page) {
  await go(page, "Cost");
  await planned(page);
  await go(page, "Share");
  const report = (await file(page, "Report, Markdown: ")).buffer.toString();
  const [hash] = /\b[0-9a-f]{64}\b/.exec(report) ?? [];
  expect(hash, report.slice(-500)).toBeTruthy();
  return hash;
}

for (const [name, open] of Object.entries(ESTATES)) {
  test(`${name}: the plan is the same after every way out and in`, async ({ page, browser, server }) => {
    await open(page);
    await expect(page.locator(".kpis").first()).toBeVisible({ timeout: 30_000 });
    const hash = await planHash(page);
    const workbook = await file(page, "Workbook: ");
    const project = await file(page, "Save file");
    await page.getByRole("button", { name: "Share…" }).click();
    const dialog = page.getByRole("dialog", { name: "Share this project" });
    await expect(dialog.getByRole("status")).toContainText("characters", { timeout: 30_000 });
    const link = await dialog.getByLabel("Link").inputValue();
    await dialog.getByRole("button", { name: "Close" }).click();

    /** Each in a browser that has never seen the project. */
    const visit = async (enter) => {
      const visitor = await browser.newContext({ baseURL: server.url, serviceWorkers: "block", locale: "en-GB" });
      const other = await visitor.newPage();
      await enter(other);
      await expect(other.locator(".kpis").first()).toBeVisible({ timeout: 30_000 });
      const result = await planHash(other);
      await visitor.close();
      return result;
    };
    const withFile = (given) => async (other) => {
      await other.goto("./");
      await openFiles(other, given);
    };
    expect(await visit(withFile(project)), "project file").toBe(hash);
    const inWorkbook = async (other) => {
      await withFile(workbook)(other);
      await expect(other.getByText("This workbook carries a project")).toBeVisible({ timeout: 30_000 });
    };
    expect(await visit(inWorkbook), "workbook").toBe(hash);
    // A project of this size has a link, unless it is the largest.
    if (link) expect(await visit((other) => other.goto(link)), "link").toBe(hash);
    else expect(name).toBe("the sample");

    const body = `<!doctype html><title>Docs</title><groundwork-planner src="plan.json"></groundwork-planner><script src="${server.url}embed.js" defer></script>`;
    const docs = await serve(0, { subPath: "/docs/", pages: { "/docs/": body, "/docs/plan.json": project.buffer } });
    const around = await browser.newPage();
    await around.goto(docs.url);
    await expect(around.locator("groundwork-planner[data-ready]")).toBeVisible({ timeout: 30_000 });
    await expect(around.frameLocator("iframe").locator(".kpis").first()).toBeVisible({ timeout: 30_000 });
    const given = await around.evaluate(() => document.querySelector("groundwork-planner").export());
    await around.close();
    await docs.close();
    expect(await visit(withFile({ ...project, buffer: Buffer.from(given) })), "embed protocol").toBe(hash);
  });
}
