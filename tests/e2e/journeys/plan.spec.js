// What a person does on the page Plan beside reading it: hosts fail, machines move together and by drag, and stay where they are told.
import { figure, go, openFiles, openSample, planned, settled } from "../app.js";
import { expect, test } from "../fixtures.js";

const grid = (page) => page.getByRole("grid", { name: "Machines and their places" });
const undo = (page) => page.getByRole("button", { name: /^Undo move/ });

async function openPlan(page) {
  await openSample(page);
  await go(page, "Plan");
  await planned(page);
}

test("a host fails: its machines start again elsewhere, or say what they miss", async ({ page }) => {
  await openPlan(page);
  const rack = page.locator(".hosts").first();
  // The keyboard alone: into the rack, to the next host, and to its button.
  await rack.getByRole("button").first().focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const fail = page.getByRole("button", { name: "Simulate failure" });
  await fail.press("Enter");
  const loss = page.locator(".loss");
  await expect(loss.getByRole("status")).toContainText(/If host 2 fails, (all \d+ machines start again on|its machine starts|no machine stops|\d+ of \d+ machines? do)/, { timeout: 60_000 });
  await expect(loss.getByRole("status")).toContainText(/% of their CPU and [\d.]+.% of their memory in use then/);
  await expect(rack.locator(".host-lost")).toHaveCount(1);
  // The button that played it ends it, and keeps the focus.
  await expect(page.getByRole("button", { name: "End simulation" })).toBeFocused();

  // One more: all hosts but the last fail, and then not everything starts again.
  for (;;) {
    const next = rack.locator(".host:not(.host-lost):not(.host-retired)").first();
    if ((await rack.locator(".host:not(.host-lost):not(.host-retired)").count()) < 2) break;
    await next.click();
    const before = await rack.locator(".host-lost").count();
    await page.getByRole("button", { name: "Fail this one too" }).click();
    await expect(rack.locator(".host-lost")).toHaveCount(before + 1);
  }
  await expect(loss.getByRole("status")).toContainText("No host more may fail after that");
  await expect(loss.getByRole("status")).toContainText("do not start again");
  await expect(loss.locator(".unplaced li").first()).toContainText(/has .+ free|no host has enough|a rule keeps it/);
  await page.getByRole("button", { name: "End simulation" }).click();
  await expect(loss).toHaveCount(0);
  await expect(undo(page)).toHaveCount(0);
});

test("several machines are selected by keyboard, moved in one step, and unlocked again", async ({ page }) => {
  await openPlan(page);
  await grid(page).getByRole("gridcell").first().focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  const bar = page.getByRole("group", { name: "Selected machines" });
  await expect(bar.getByRole("status")).toContainText("2 machines selected");
  await bar.getByRole("button", { name: "Run them in…" }).press("Enter");
  const dialog = page.getByRole("dialog");
  const choice = dialog.getByLabel("Run them in");
  const places = await choice.locator("option").allInnerTexts();
  await choice.selectOption({ label: places.at(-1) });
  await expect(dialog.locator(".move-preview")).toContainText(/Valid|lose/, { timeout: 60_000 });
  await dialog.getByRole("button", { name: "Move them" }).press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(undo(page)).toHaveCount(1);
  await planned(page);
  await expect(grid(page).getByText("locked")).toHaveCount(2);
  await go(page, "Rules");
  await expect(page.getByRole("switch", { name: new RegExp(`must run in ${places.at(-1).replace(/[()]/g, "\\$&")}`) })).toHaveCount(1);
  await go(page, "Plan");
  await undo(page).click();
  await planned(page);
  await expect(grid(page).getByText("locked")).toHaveCount(0);
});

test("a machine is locked where it is, and let go", async ({ page }) => {
  await openPlan(page);
  await grid(page).getByRole("row").nth(1).click();
  await page.getByRole("button", { name: "Lock here" }).click();
  await planned(page);
  await expect(grid(page).getByText("locked")).toHaveCount(1);
  await page.getByRole("button", { name: "Unlock" }).click();
  await expect(grid(page).getByText("locked")).toHaveCount(0);
});

test("a machine is dragged to another place, which says what that changes before it is let go", async ({ page }) => {
  await openPlan(page);
  const name = grid(page).locator("[data-machine]").first();
  await name.scrollIntoViewIfNeeded();
  const from = await name.boundingBox();
  await page.mouse.move(from.x + 5, from.y + 5);
  await page.mouse.down();
  await page.mouse.move(from.x + 40, from.y + 40, { steps: 4 });
  const target = page.locator(".tray-place").last();
  await expect(target).toBeVisible();
  const to = await target.boundingBox();
  await page.mouse.move(to.x + 20, to.y + 20, { steps: 6 });
  await expect(target).toContainText(/a month, (valid|.*lose)/, { timeout: 60_000 });
  await expect(undo(page)).toHaveCount(0);
  await page.mouse.up();
  await expect(page.locator(".tray")).toHaveCount(0);
  await expect(undo(page)).toHaveCount(1);
  await planned(page);
  await expect(grid(page).getByText("locked")).toHaveCount(1);
});

/** The button of a figure at the head of the page. */
const opens = (page, label) => page.locator(".kpi", { has: page.locator("dt", { hasText: label }) }).locator(".kpi-open");

test("money opens to the lines of the ledger, which add up to it, and hosts to their racks", async ({ page }) => {
  await openPlan(page);
  await settled(page);
  for (const label of ["Run rate", "Total over"]) {
    await opens(page, label).press("Enter");
    const dialog = page.getByRole("dialog", { name: "What it is made of" });
    await expect(dialog.getByTestId("ledger-total")).toContainText(/\d/);
    const group = dialog.locator(".ledger-group").first();
    await group.locator("summary").first().click();
    await expect(group.locator(".ledger-line").first()).toBeVisible();
    if (label === "Run rate") await expect(dialog.getByTestId("ledger-total")).toContainText((await figure(page, label)).value);
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(opens(page, label)).toBeFocused();
  }
  await opens(page, "Hosts").press("Enter");
  await expect(page.locator(".rack").first()).toBeInViewport();
});

test("machines without a place open to the list of them, and all come back", async ({ page }) => {
  const head = "VM,Powerstate,CPUs,Memory,In Use MiB,Host,Cluster,Datacenter,VM ID,VI SDK UUID";
  const row = (name, vcpus, memory) => `${name},poweredOn,${vcpus},${memory},20480,esx-1,C,dc,vm-${name},uuid`;
  await page.goto("./");
  await openFiles(page, { name: "RVTools_tabvInfo.csv", mimeType: "text/csv", buffer: Buffer.from([head, row("small", 2, 8192), row("giant", 700, 20_000_000)].join("\n")) });
  await expect(page.locator(".kpis").first()).toBeVisible({ timeout: 30_000 });
  await go(page, "Plan");
  await settled(page);
  const names = () => grid(page).locator(".vtable-window").getByRole("row").count();
  await expect.poll(names).toBe(2);
  const without = Number((await figure(page, "Machines without a place")).value);
  expect(without).toBeGreaterThan(0);
  await opens(page, "Machines without a place").press("Enter");
  await expect.poll(names).toBe(without);
  await expect(grid(page)).toBeInViewport();
  await page.getByRole("radiogroup", { name: "Show" }).getByRole("radio", { name: "All" }).check({ force: true });
  await expect.poll(names).toBe(2);
});

test("ribbons are as wide as what is chosen says: money, machines, vCPU, memory or storage", async ({ page }) => {
  await openPlan(page);
  await settled(page);
  const chart = page.locator(".card", { has: page.getByRole("heading", { name: "Where it goes" }) }).locator(".chart");
  const widths = page.getByRole("radiogroup", { name: "Width of the ribbons" });
  const seen = [];
  for (const [choice, unit] of [
    ["Money", / machines?, .*\d.* a month$/],
    ["Machines", / machines?, by number$/],
    ["vCPU", / machines?, [\d,.]+ vCPU$/],
    ["Memory", / machines?, [\d,.]+ [GT]iB$/],
    ["Storage", / machines?, [\d,.]+ [GTP]iB$/],
  ]) {
    await widths.getByRole("radio", { name: choice, exact: true }).check({ force: true });
    await chart.getByRole("button", { name: "Show as table" }).click();
    const rows = await chart.locator("tbody tr").allInnerTexts();
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) expect(row.trim(), choice).toMatch(unit);
    await chart.getByRole("button", { name: "Show as picture" }).click();
    seen.push(await chart.locator("svg path.ribbon").evaluateAll((ribbons) => ribbons.map((ribbon) => ribbon.getAttribute("d")).join()));
  }
  // Each of them is another picture: machines are neither as large nor as dear as each other.
  expect(new Set(seen).size).toBe(seen.length);
});

test("the distance to the best possible opens to what it lies between, which adds up", async ({ page }) => {
  await openPlan(page);
  await settled(page);
  await opens(page, "Distance to the best possible").press("Enter");
  const dialog = page.getByRole("dialog", { name: "Distance to the best possible" });
  const amount = async (name) => Number((await dialog.getByRole("row", { name }).locator("td").innerText()).replace(/[^\d-]/g, ""));
  const [money, counted, least] = [await amount(/^Money of this plan/), await amount(/^What this plan counts/), await amount(/^What every plan counts at least/)];
  const most = await amount(/^A better plan could save at most/);
  expect(money).toBe(counted);
  expect(least).toBeGreaterThan(0);
  expect(Math.abs(counted - least - most)).toBeLessThanOrEqual(1);
  await expect(dialog).toContainText(/The proof has \d+ cases?/);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(opens(page, "Distance to the best possible")).toBeFocused();
});

test("a rack shows each host as a stack of its machines, with what is kept for failures, and follows the host that is chosen", async ({ page }) => {
  await openPlan(page);
  await settled(page);
  const open = page.locator(".rack-open");
  // The first rack is open; another one is when a host of it is chosen, and only that.
  await expect(open).toHaveCount(1);
  const racks = page.locator(".rack", { has: page.locator(".hosts") });
  const last = racks.last();
  const host = last.locator(".host:not(.host-spare):not(.host-retired)").first();
  await host.click();
  await expect(last.locator(".rack-open")).toHaveCount(1);
  await expect(open).toHaveCount(1);
  const rack = open.locator(".chart").first();
  await expect(rack.locator("svg")).toHaveAttribute("aria-label", /of \d+ hosts: .* used, .* kept for failures/);
  await expect(rack.locator("svg .hatch")).toHaveAttribute("d", /^M/);
  await expect(rack.locator("svg .stack-line")).toHaveAttribute("d", /^M/);
  await expect(rack.locator("svg [data-mark]")).toHaveCount(await last.locator(".host:not(.host-retired)").count());
  // The table agrees with the words of the small host: so much of its memory is used.
  await open.getByRole("radiogroup", { name: "Shown of the hosts" }).getByRole("radio", { name: "Memory", exact: true }).check({ force: true });
  await rack.getByRole("button", { name: "Show as table" }).click();
  const [used] = /[\d.,]+\s%\sMemory/.exec(await host.getAttribute("aria-label"));
  const kept = await last.locator(".host:not(.host-retired)").evaluateAll((hosts) => hosts.findIndex((host) => host.getAttribute("aria-pressed") === "true"));
  await expect(rack.locator("tbody tr").nth(kept).locator("td").nth(1)).toHaveText(used.replace(/\sMemory/, ""));
});
