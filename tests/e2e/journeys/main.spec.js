// The main job, from a file to a costed plan that is still there after a reload.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { addHosts, figure, go, openFiles, openSample, planned, saved, settled, totalOf } from "../app.js";
import { expect, test } from "../fixtures.js";

// As a visitor does it.
test.use({ steps: null });

const RVTOOLS = fileURLToPath(new URL("../../../../shared/samples/rvtools-3x-131vms.xlsx", import.meta.url));

test("a visitor without a file sees the whole way on the sample, and finds it again", async ({ page }) => {
  await openSample(page);
  // The sample is made by a seed (`static/sample/README.md`): what it holds is known.
  const machines = await figure(page, "Machines");
  expect(machines).toEqual({ value: "302", note: "340 in the files, 38 left out" });
  const memory = (await figure(page, "Memory")).value;
  expect(memory).toBe("7.18 TiB");
  expect((await figure(page, "vCPU")).value).toBe("1,242");
  expect((await figure(page, "Hosts")).value).toBe("24");
  expect((await figure(page, "Storage in use")).value).toBe("84.32 TiB");

  // One more place than those that are proposed.
  await go(page, "Footprints");
  const dialog = await addHosts(page, "Amazon EVS", "Frankfurt, DE", "i4i.metal");
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row", { name: /Amazon EVS.* i4i\.metal · Frankfurt/ })).toBeVisible();

  await go(page, "Plan");
  await planned(page);
  expect((await figure(page, "Machines without a place")).value).toMatch(/^\d/);
  expect((await figure(page, "Distance to the best possible")).value).toMatch(/^≤ [\d.]+ %$/);
  await page.getByRole("grid", { name: "Machines and their places" }).getByRole("row").nth(1).click();
  await expect(page.getByText("Its share of the cost")).toBeVisible();

  await go(page, "Cost");
  await settled(page);
  const rate = (await figure(page, "Run rate, per month")).value;
  const total = await totalOf(page);
  // The same inputs give the same plan on every machine: these change with the engine or the catalogue only.
  expect(rate).toBe("$64,616");
  expect(total).toContain("$2,421,262");
  await saved(page);

  await page.reload();
  await planned(page);
  expect((await figure(page, "Run rate, per month")).value).toBe(rate);
  expect(await totalOf(page)).toBe(total);
  await go(page, "Estate");
  expect((await figure(page, "Machines")).value).toBe(machines.value);
  expect((await figure(page, "Memory")).value).toBe(memory);
});

test("an RVTools export of 131 machines gives the known totals", async ({ page }) => {
  test.skip(!existsSync(RVTOOLS), "the public sample is not beside the project");
  await page.goto("./");
  await openFiles(page, RVTOOLS);
  await expect(page.locator(".kpis").first()).toBeVisible();
  const machines = await figure(page, "Machines");
  expect(machines).toEqual({ value: "109", note: "131 in the files, 22 left out" });
  expect((await figure(page, "vCPU")).value).toBe("359");
  expect((await figure(page, "Memory")).value).toBe("818 GiB");
  const storage = await figure(page, "Storage in use");
  expect(storage.value).toBe("34.57 TiB");
  expect(storage.note).toContain("34.85 TiB provisioned");
  expect(storage.note).toContain("34.09 TiB by disk sizes");
  expect(storage.note).toContain("17.57 TiB used in guests");
  const hosts = await figure(page, "Hosts");
  expect(hosts.value).toBe("8");
  expect(hosts.note).toMatch(/192 cores · 513\.6 GHz/);
  const production = page.getByRole("grid", { name: "Clusters" }).getByRole("row", { name: /Production Cluster/ });
  for (const [column, text] of [[2, "92"], [3, "292"], [4, "700 GiB"], [5, "6"], [6, "160"]]) {
    await expect(production.getByRole("gridcell").nth(column)).toHaveText(text);
  }

  await go(page, "Plan");
  await planned(page);
  await saved(page);
  await page.reload();
  await planned(page);
  await go(page, "Estate");
  expect(await figure(page, "Machines")).toEqual(machines);
});

test("every edit can be undone, and the figures follow", async ({ page }) => {
  await openSample(page);
  const before = (await figure(page, "Machines")).value;
  await page.getByRole("switch", { name: "Powered off" }).click();
  await expect.poll(async () => (await figure(page, "Machines")).value).not.toBe(before);
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await expect.poll(async () => (await figure(page, "Machines")).value).toBe(before);
  await page.getByRole("button", { name: /^Redo/ }).first().click();
  await expect.poll(async () => (await figure(page, "Machines")).value).not.toBe(before);
  await page.locator("body").press("Control+z");
  await expect.poll(async () => (await figure(page, "Machines")).value).toBe(before);
});

test("a pinned machine goes where it is told", async ({ page }) => {
  await openSample(page);
  await go(page, "Plan");
  await planned(page);
  const grid = page.getByRole("grid", { name: "Machines and their places" });
  await grid.getByRole("row").nth(1).click();
  const name = await page.locator(".why-name").innerText();
  const choice = page.getByLabel("Run it in");
  const places = await choice.locator("option").allInnerTexts();
  const here = await page.locator(".facts dd").first().innerText();
  const there = places.slice(1).find((place) => place !== here);
  // What that changes is said first, and nothing is changed before it is wanted.
  const undo = page.getByRole("button", { name: /^Undo move/ });
  const preview = page.locator(".move-preview");
  // A machine that is told to stay where it is changes nothing, in money neither.
  await choice.selectOption({ label: here });
  await expect(preview).toContainText("Each month", { timeout: 60_000 });
  await expect(preview.locator(".facts dd")).toHaveText([here, "$0", "$0", "as many as now", "0"]);
  await choice.selectOption({ label: there });
  await expect(preview).toContainText(there, { timeout: 60_000 });
  await expect(preview).toContainText(there);
  await expect(preview).toContainText(/Valid|lose/);
  await expect(undo).toHaveCount(0);
  await page.getByRole("button", { name: "Leave it" }).click();
  await expect(choice.locator("option:checked")).toHaveText("Where it is cheapest");
  // The same by the keyboard alone.
  await choice.focus();
  await page.keyboard.type(there.slice(0, 12));
  await expect(choice.locator("option:checked")).toHaveText(there);
  const move = page.getByRole("button", { name: "Move it" });
  await expect(move).toBeEnabled({ timeout: 60_000 });
  const monthly = await preview.locator(".facts dd").nth(1).innerText();
  expect(monthly).toMatch(/\$[\d,]+|\$0/);
  await page.keyboard.press("Tab");
  await expect(move).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(undo).toHaveCount(1);
  await planned(page);
  await go(page, "Rules");
  const rule = page.getByRole("listitem").filter({ has: page.getByRole("switch", { name: `${name} must run in ${there}` }) });
  await expect(rule.getByRole("switch")).toBeChecked();
  // What it costs is found by planning without it, and no longer shown once anything changes.
  await page.getByRole("button", { name: "What does each cost?" }).click();
  await expect(rule).toContainText(/costs (nothing|\$[\d,]+ a month)/, { timeout: 120_000 });
  await rule.getByRole("switch").click();
  await expect(rule).not.toContainText("costs");
});

test("a plan is kept after a change, where that costs little", async ({ page }) => {
  await openSample(page);
  await go(page, "Plan");
  await planned(page);
  const keep = page.getByRole("switch", { name: /Keep this plan/ });
  await keep.click();
  await expect(keep).toBeChecked();
  const labels = () => page.locator(".chart svg text").allTextContents();
  const before = await labels();
  expect(before.length).toBeGreaterThan(4);
  await go(page, "Estate");
  await page.getByRole("grid", { name: "Machines" }).getByRole("gridcell").nth(1).click();
  const storage = page.getByRole("dialog").getByLabel("Storage", { exact: true });
  await storage.fill(String(Number((await storage.inputValue()).replace(/[^\d.]/g, "")) + 1));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await go(page, "Plan");
  await planned(page);
  await expect.poll(labels).toEqual(before);
});

test("a project saved to a file opens again with the same plan", async ({ page }, info) => {
  await openSample(page);
  await go(page, "Cost");
  await planned(page);
  const total = await totalOf(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save file" }).click()]);
  const file = info.outputPath("project.groundwork.json");
  await download.saveAs(file);

  await page.getByRole("button", { name: "New" }).click();
  await expect(page.getByRole("button", { name: "Try the sample estate" })).toBeVisible();
  await openFiles(page, file);
  await expect(page.locator(".kpis").first()).toBeVisible();
  await go(page, "Cost");
  await planned(page);
  expect(await totalOf(page)).toBe(total);
});

test("each figure at the head of a page says what it means", async ({ page }) => {
  await openSample(page);
  for (const [name, strip] of [["Estate", "Estate totals"], ["Plan", "Plan totals"], ["Cost", "Cost totals"], ["Timeline", "Growth in figures"]]) {
    await go(page, name);
    if (name !== "Estate") await settled(page);
    const figures = page.getByRole("region", { name: strip });
    const count = await figures.locator(".kpi").count();
    expect(count).toBeGreaterThan(3);
    const marks = figures.getByRole("button", { name: /^What .+ means$/ });
    await expect(marks).toHaveCount(count);
    // By keyboard: opened, read, and closed again with the focus where it was.
    await marks.first().press("Enter");
    await expect(figures.getByRole("note")).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(figures.getByRole("note")).toHaveCount(0);
    await expect(marks.first()).toBeFocused();
  }
});

test("a page begins at its top, however far down one was on the page before", async ({ page }) => {
  await openSample(page);
  await expect(page.getByRole("heading", { name: "Idle and oversized machines" })).toBeVisible();
  await page.getByRole("heading", { name: "Hosts", exact: true }).scrollIntoViewIfNeeded();
  await page.mouse.wheel(0, 3_000);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(500);
  await go(page, "Footprints");
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
});
