// The table of machines: found by conditions, selected, changed at once, copied out.
import { figure, go, openSample } from "../app.js";
import { expect, test } from "../fixtures.js";

const grid = (page) => page.getByRole("grid", { name: "Machines", exact: true });
const rows = (page) => grid(page).locator(".vtable-window").getByRole("row");
const search = (page) => page.getByRole("searchbox", { name: "Search machines" });
const bar = (page) => page.getByRole("group", { name: "Selected machines" });
const card = (page, name) => page.getByRole("group", { name, exact: true });
const choose = (page, of) => card(page, of).getByRole("button", { name: "Columns" });

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("by mouse: machines are filtered, selected, changed in one step and copied out", async ({ page }) => {
  await openSample(page);
  await search(page).fill("os: windows, memory >= 16 GiB");
  await expect(rows(page).first()).toContainText("Windows");
  for (const row of await rows(page).all()) {
    await expect(row.getByRole("gridcell").nth(6)).toContainText("Windows");
    expect(await row.getByRole("gridcell").nth(4).innerText()).toMatch(/^(1[6-9]|[2-9]\d|\d{3,}).* GiB|TiB$/);
  }

  const first = rows(page).first();
  const name = (await first.getByRole("gridcell").nth(1).innerText()).trim();
  await expect(first).toHaveAttribute("aria-selected", "false");
  await first.getByRole("gridcell").first().click();
  await expect(first).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await rows(page).nth(1).getByRole("gridcell").first().click();
  await expect(bar(page).getByRole("status")).toHaveText(/^2 machines selected · \d+ vCPU · /);

  await bar(page).getByRole("button", { name: "Change…" }).click();
  const dialog = page.getByRole("dialog", { name: "Change 2 machines" });
  await dialog.getByLabel("Application").fill("Ledger");
  await dialog.getByLabel("Application").press("Tab");
  await dialog.getByRole("button", { name: "Change 2 machines" }).click();
  await expect(dialog).toHaveCount(0);
  await search(page).fill("application: ledger");
  await expect(rows(page)).toHaveCount(2);

  await bar(page).getByRole("button", { name: "Copy", exact: true }).click();
  await expect(page.getByText("2 machines copied")).toBeVisible();
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).trim().split("\n");
  expect(lines).toHaveLength(3);
  expect(lines[0].split("\t")[6]).toBe("Application");
  expect(lines[1].split("\t")[0]).toBe(name);
  expect(lines.slice(1).map((line) => line.split("\t")[6])).toEqual(["Ledger", "Ledger"]);

  // One step of undo for both.
  await page.getByRole("button", { name: /^Undo machine change/ }).click();
  await expect(page.getByText("No machine matches")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Undo machine change/ })).toHaveCount(0);
});

test("by keyboard: all that a filter leaves are left out of the plan", async ({ page }) => {
  await openSample(page);
  const before = Number((await figure(page, "Machines")).value.replace(/,/g, ""));
  await page.getByRole("radio", { name: "Planned", exact: true }).check();
  await search(page).focus();
  await page.keyboard.type("vcpu >= 8");
  const count = async () => Number((await bar(page).getByRole("button", { name: /^Select all/ }).innerText()).replace(/\D/g, ""));
  await expect.poll(count).toBeLessThan(before);
  // Each letter filters: what counts is what stays.
  let found;
  await expect(async () => {
    found = await count();
    await page.waitForTimeout(300);
    expect(await count()).toBe(found);
  }).toPass();
  expect(found).toBeGreaterThan(1);

  // The space bar on the first cell selects the row; Enter elsewhere opens the machine still.
  await grid(page).getByRole("gridcell").first().focus();
  await page.keyboard.press("Space");
  await expect(bar(page).getByRole("status")).toHaveText(/^1 machine selected/);
  await page.keyboard.press("Space");
  await expect(bar(page).getByRole("status")).toHaveText("None selected");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");

  await bar(page).getByRole("button", { name: /^Select all/ }).focus();
  await page.keyboard.press("Enter");
  await expect(bar(page).getByRole("status")).toContainText(`${found} machines selected`);
  await bar(page).getByRole("button", { name: "Change…" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: `Change ${found} machines` });
  await dialog.getByRole("radio", { name: "Leave out" }).check();
  await dialog.getByRole("button", { name: `Change ${found} machines` }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(async () => Number((await figure(page, "Machines")).value.replace(/,/g, ""))).toBe(before - found);
});

test("a condition that is not understood says what is meant, and the rest counts", async ({ page }) => {
  await openSample(page);
  await search(page).fill("memry > 64");
  await expect(page.getByText("There is no column “memry”")).toBeVisible();
  await expect(rows(page).first()).toBeVisible();
  await search(page).fill("memory > 64");
  await expect(page.getByText("There is no column")).toHaveCount(0);
  await go(page, "Plan");
});

test("conditions are tokens, each of which is taken out by mouse or keyboard, and the focus goes to the next one or the field", async ({ page }) => {
  await openSample(page);
  const tokens = card(page, "Machines").getByRole("list", { name: "Conditions of the filter" }).getByRole("listitem");
  await expect(tokens).toHaveCount(0);
  await search(page).fill("os: windows, memory >= 16 GiB, memry > 64");
  await expect(tokens.locator("[translate=no]")).toHaveText(["os: windows", "memory >= 16 GiB", "memry > 64"]);
  await expect(tokens.nth(2)).toContainText("Not understood:");
  await expect(page.getByText("There is no column “memry”")).toBeVisible();
  const remove = (condition) => page.getByRole("button", { name: `Remove the condition ${condition}`, exact: true });
  const box = await remove("os: windows").boundingBox();
  expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(24);

  await remove("memory >= 16 GiB").click();
  await expect(search(page)).toHaveValue("os: windows, memry > 64");
  await expect(tokens).toHaveCount(2);
  await expect(remove("memry > 64")).toBeFocused();
  await expect(rows(page).first()).toContainText("Windows");

  // By keyboard: of the last token the focus goes to the one before, then to the field.
  await page.keyboard.press("Enter");
  await expect(search(page)).toHaveValue("os: windows");
  await expect(page.getByText("There is no column")).toHaveCount(0);
  await expect(remove("os: windows")).toBeFocused();
  await page.keyboard.press("Space");
  await expect(search(page)).toHaveValue("");
  await expect(search(page)).toBeFocused();
  await expect(tokens).toHaveCount(0);
});

test("columns are hidden and shown again, and this browser remembers which", async ({ page }) => {
  await openSample(page);
  const head = (name) => grid(page).getByRole("columnheader", { name });
  await expect(head("Power")).toBeVisible();
  await choose(page, "Machines").press("Enter");
  await page.getByRole("checkbox", { name: "Power" }).press("Space");
  await expect(head("Power")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(choose(page, "Machines")).toBeFocused();
  await page.reload();
  await expect(head("Name")).toBeVisible({ timeout: 60_000 });
  await expect(head("Power")).toHaveCount(0);
  await choose(page, "Machines").click();
  await page.getByRole("checkbox", { name: "Power" }).check();
  await expect(head("Power")).toBeVisible();
  // A press anywhere else closes the list.
  await page.locator("h1, .kpis").last().click();
  await expect(page.getByRole("checkbox", { name: "Power" })).toHaveCount(0);
});

test("datastores are listed with how full they are, and sorted by it", async ({ page }) => {
  await openSample(page);
  const stores = page.getByRole("grid", { name: "Datastores" });
  await stores.scrollIntoViewIfNeeded();
  await expect(stores.getByRole("columnheader")).toHaveText(["Select", "Name", "Type", "Capacity", "In use", "Used", "Promised", "Hosts", "Clusters"]);
  await stores.getByRole("button", { name: "Used" }).click();
  await stores.getByRole("button", { name: "Used" }).click();
  const used = await stores.locator("[role=row]:has([role=gridcell]) [role=gridcell]:nth-child(6)").allInnerTexts();
  const shares = used.map((text) => Number(text.replace(/[^\d.]/g, "")));
  expect(shares.length).toBeGreaterThan(3);
  expect(shares).toEqual([...shares].sort((a, b) => b - a));
});

test("an application is typed into the table, by keyboard, and can be undone", async ({ page }) => {
  await openSample(page);
  // Parts of the page come one after the other; these are the last.
  await expect(page.getByRole("heading", { name: "Idle and oversized machines" })).toBeVisible();
  const cell = rows(page).first().getByRole("gridcell").nth(7);
  await expect(cell).toHaveText("Add…");
  await cell.focus();
  await page.keyboard.press("Enter");
  const box = page.getByRole("combobox", { name: /^Application of / });
  await expect(box).toBeFocused();
  await page.keyboard.type("Not this");
  await page.keyboard.press("Escape");
  await expect(cell).toBeFocused();
  await expect(cell).toHaveText("Add…");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Ledger");
  await page.keyboard.press("Enter");
  await expect(cell).toHaveText("Ledger");
  await expect(cell).toBeFocused();
  await page.getByRole("button", { name: /^Undo machine change/ }).click();
  await expect(cell).toHaveText("Add…");
});

test("rows of a spreadsheet change machines in one step, after they were shown; bad cells are named", async ({ page }) => {
  await openSample(page);
  const names = [];
  for (const row of [0, 1, 2]) names.push((await rows(page).nth(row).getByRole("gridcell").nth(1).innerText()).trim());
  await bar(page).getByRole("button", { name: "Paste rows…" }).click();
  const dialog = page.getByRole("dialog", { name: "Paste rows from a spreadsheet" });
  await expect(dialog.getByRole("status")).toHaveText("Nothing is pasted yet.");
  const apply = dialog.getByRole("button", { name: /^Change \d+ machines?$/ });
  await expect(apply).toBeDisabled();
  const lines = [["Name", "vCPU", "Application", "Colour"], [names[0], "31", "Ledger", "red"], [names[1], "many", "Ledger", ""], ["no such machine", "2", "", ""], [names[2], "", "Ledger", ""]];
  await dialog.getByRole("textbox").fill(lines.map((line) => line.join("\t")).join("\n"));
  await expect(dialog.getByRole("status")).toHaveText("2 machines to change, 2 rows that cannot be taken. Not taken: Colour");
  await expect(dialog.getByText("Row 3, vCPU: “many” is not a whole number above 0")).toBeVisible();
  await expect(dialog.getByText("Row 4, Name: no machine is called “no such machine”")).toBeVisible();
  await expect(dialog.getByRole("row", { name: new RegExp(`${names[0]} vCPU \\d+ 31`) })).toBeVisible();
  await apply.click();
  await expect(dialog).toHaveCount(0);
  await search(page).fill("application: ledger");
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole("button", { name: /^Undo machine change/ }).click();
  await expect(page.getByText("No machine matches")).toBeVisible();
});

test("tags, criticality and storage class are given to several in one step, found by conditions, and can be undone", async ({ page }) => {
  await openSample(page);
  await rows(page).nth(0).getByRole("gridcell").first().click();
  await rows(page).nth(1).getByRole("gridcell").first().click();
  await bar(page).getByRole("button", { name: "Change…" }).click();
  const dialog = page.getByRole("dialog", { name: "Change 2 machines" });
  await dialog.getByLabel("Add tags").fill("prod, backup/daily");
  await dialog.getByLabel("Add tags").press("Tab");
  await dialog.getByLabel("Criticality").selectOption("high");
  await dialog.getByLabel("Storage class").fill("gold");
  await dialog.getByLabel("Storage class").press("Tab");
  await expect(dialog.getByText("Changes no price by itself")).toBeVisible();
  await dialog.getByRole("button", { name: "Change 2 machines" }).click();
  await expect(dialog).toHaveCount(0);
  for (const condition of ["tag: prod", "tag: backup prod, criticality: high", "class: gold", "criticality: high"]) {
    await search(page).fill(condition);
    await expect(rows(page)).toHaveCount(2);
  }
  // Hidden until they are wanted; then each can be typed into.
  await choose(page, "Machines").click();
  for (const column of ["Tags", "Criticality", "Storage class", "Guest system", "Cluster"]) await page.getByRole("checkbox", { name: column }).click();
  await page.keyboard.press("Escape");
  const cells = rows(page).first().getByRole("gridcell");
  await expect(cells.nth(6)).toHaveText("backup/daily, prod");
  await expect(cells.nth(7)).toHaveText("high");
  await expect(cells.nth(8)).toHaveText("gold");
  await cells.nth(7).focus();
  await page.keyboard.press("Enter");
  const box = page.getByRole("combobox", { name: /^Criticality of / });
  await expect(box).toBeFocused();
  await box.selectOption("critical");
  await page.keyboard.press("Enter");
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("button", { name: /^Undo machine change/ }).click();
  await expect(rows(page)).toHaveCount(2);
  await cells.nth(6).click();
  await page.getByRole("combobox", { name: /^Tags of / }).fill("web");
  await page.keyboard.press("Enter");
  await expect(cells.nth(6)).toHaveText("web");
  await search(page).fill("tag: prod");
  await expect(rows(page)).toHaveCount(1);

  // They stay with the project, and rules select by them.
  await page.reload();
  await expect(grid(page)).toBeVisible({ timeout: 60_000 });
  await search(page).fill("tag: prod");
  await expect(rows(page)).toHaveCount(1);
  await go(page, "Rules");
  await page.getByLabel("Which machines").selectOption("Machines by tag");
  await page.getByLabel("Tag", { exact: true }).fill("PROD");
  await page.getByLabel("Tag", { exact: true }).press("Tab");
  await expect(page.getByText("Touches 1 machine")).toBeVisible();
  await page.getByLabel("Which machines").selectOption("Machines by criticality");
  await page.getByLabel("Criticality").selectOption("high");
  await expect(page.getByText("Touches 2 machines")).toBeVisible();
});

test("hosts, clusters and datastores are filtered, selected, given columns of choice and copied out as machines are", async ({ page }) => {
  await openSample(page);
  for (const [name, one, column] of [
    ["Clusters", "cluster", "Datacenter"],
    ["Hosts", "host", "Processor"],
    ["Datastores", "datastore", "Free"],
  ]) {
    const several = name.toLowerCase();
    const table = page.getByRole("grid", { name, exact: true });
    await table.scrollIntoViewIfNeeded();
    const lines = table.locator(".vtable-window").getByRole("row");
    const all = Number(await table.getAttribute("aria-rowcount")) - 1;
    const first = (await lines.first().getByRole("gridcell").nth(1).innerText()).trim();
    const box = page.getByRole("searchbox", { name: `Search ${several}` });
    await box.fill(`name: ${first}`);
    await expect(lines.first().getByRole("gridcell").nth(1)).toContainText(first);
    await box.fill("nonesuch: 5");
    await expect(card(page, name).getByText("There is no column “nonesuch”")).toBeVisible();
    await box.fill("zzz");
    await expect(page.getByText(`No ${one} matches`)).toBeVisible();
    await box.fill("");
    await lines.first().getByRole("gridcell").first().click();
    const selected = page.getByRole("group", { name: `Selected ${several}` });
    await expect(selected.getByRole("status")).toHaveText(new RegExp(`^1 ${one} selected · `));
    await selected.getByRole("button", { name: "Copy", exact: true }).click();
    await expect(page.getByText(`1 ${one} copied`)).toBeVisible();
    const copied = (await page.evaluate(() => navigator.clipboard.readText())).trim().split("\n");
    expect(copied).toHaveLength(2);
    expect(copied[1].split("\t")[0]).toBe(first);
    await selected.getByRole("button", { name: /^Select all/ }).click();
    await expect(selected.getByRole("status")).toHaveText(new RegExp(`^${all} ${all === 1 ? one : several} selected`));
    await choose(page, name).click();
    await page.getByRole("checkbox", { name: column, exact: true }).check();
    await page.keyboard.press("Escape");
    await expect(table.getByRole("columnheader", { name: column })).toHaveCount(1);
  }
});
