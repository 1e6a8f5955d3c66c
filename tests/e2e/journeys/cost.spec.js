// What a finance director does: follows a total down to its lines, looks at the years, and asks how sure it is.
import { figure, go, openSample, planned } from "../app.js";
import { expect, test } from "../fixtures.js";

// With figures that are those of a visitor.
test.use({ steps: null });

/** `$1,234` and `−$5` as numbers; amounts are shown to the unit. */
const units = (text) => Number(text.replace("−", "-").replace(/[^\d.-]/g, ""));
/** The sums of what was rounded, each by half a unit at most. */
const nearly = (sum, total, count) => expect(Math.abs(sum - total)).toBeLessThanOrEqual(count / 2 + 1);
const sumOf = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

/** The last figure of each of these rows, as a number. */
async function totals(rows) {
  const texts = await rows.evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll(":scope > .num")].at(-1).firstChild.textContent));
  return texts.map(units);
}

async function openCost(page) {
  await openSample(page);
  await go(page, "Cost");
  await planned(page);
}

/** Commits a number in a field of the page. */
async function enter(page, label, value) {
  const field = page.getByRole("spinbutton", { name: label });
  await field.fill(value);
  await field.press("Enter");
}

test("every total opens to lines that add up to it, and each line to its arithmetic", async ({ page }) => {
  await openCost(page);
  const ledger = page.locator(".ledger-wide");
  const groups = ledger.locator(".ledger-group");
  for (let index = 0; index < (await groups.count()); index++) {
    const group = groups.nth(index);
    await group.locator(":scope > summary").click();
    const lines = await totals(group.locator(".ledger-line > summary"));
    const [of] = await totals(group.locator(":scope > summary"));
    expect(lines.length).toBeGreaterThan(0);
    nearly(sumOf(lines), of, lines.length);
  }
  const places = await totals(groups.locator(":scope > summary"));
  const [total, staying] = await totals(page.getByTestId("ledger-total"));
  nearly(sumOf(places), total, places.length);

  // The same total in every other place of the page.
  const figures = page.getByRole("region", { name: "Plan and staying in figures" });
  const inFigures = figures.getByRole("row", { name: /^Total over 3 years/ }).getByRole("cell");
  expect(units(await inFigures.nth(0).innerText())).toBe(total);
  expect(units(await inFigures.nth(1).innerText())).toBe(staying);
  nearly(units(await inFigures.nth(2).innerText()), staying - total, 2);

  // A line says how it comes about, and the arithmetic is right.
  const line = ledger.locator(".ledger-line").first();
  await line.locator("summary").click();
  const why = await line.locator(".ledger-why").innerText();
  const [, quantity, price, months, result] = why.match(/^([\d,.]+) .*? × \$([\d,.]+) × (\d+) months? = \$([\d,]+)/);
  nearly(units(quantity) * units(price) * units(months), units(result), units(quantity) * units(months) * 0.001);
});

test("the years follow what is assumed of them", async ({ page }) => {
  await openCost(page);
  await page.getByRole("radio", { name: "Cumulative" }).check({ force: true });
  await expect(page.locator(".chart").first().getByText(/^Even from month \d+ on$/)).toBeVisible();
  const month = (await figure(page, "Break-even")).value;
  await expect(page.locator(".chart").first().getByText(`Even from ${month.toLowerCase()} on`)).toBeVisible();

  await page.getByRole("radio", { name: "By year" }).check({ force: true });
  await page.getByRole("button", { name: "Show as table" }).first().click();
  const rows = page.getByRole("region", { name: /^Pairs of columns/ }).getByRole("row");
  await expect(rows).toHaveCount(1 + 2 * 3);
  await expect(rows.nth(1).getByRole("rowheader")).toHaveText("Year 1");

  const before = (await figure(page, "Present value at 7 %")).value;
  await enter(page, "Discount rate", "0");
  const total = (await figure(page, "Total over 3 years")).value;
  await expect.poll(async () => (await figure(page, "Present value at 0 %")).value).toBe(total);
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await expect.poll(async () => (await figure(page, "Present value at 7 %")).value).toBe(before);

  // Wages that rise make lines of their own for later years; the run rate of the first year stays.
  const rate = (await figure(page, "Run rate, per month")).value;
  await page.locator("summary", { hasText: "Changes of prices" }).click();
  await enter(page, "Administrators and backup", "10");
  await expect.poll(async () => (await figure(page, "Total over 3 years")).value).not.toBe(total);
  await planned(page);
  expect((await figure(page, "Run rate, per month")).value).toBe(rate);
  const perMonth = page.getByTestId("ledger-total").first().locator(":scope > span").nth(4);
  expect(units(await perMonth.innerText())).toBe(units(rate));
});

test("how sure it is, is drawn when it comes into view, and follows the ranges", async ({ page }) => {
  await openCost(page);
  const section = page.getByRole("region", { name: "How sure it is", exact: true }).first();
  await section.scrollIntoViewIfNeeded();
  const verdict = page.locator(".verdict");
  await expect(verdict).toContainText(/^\d+(\.\d)? %\s*of 10,000 draws make the plan cheaper than staying/);
  const text = await verdict.innerText();
  await expect(section.getByText(/^P10 \$[\d.]+ [kM] · P50/)).toHaveCount(2);

  // What is drawn is about the total of the page.
  const tables = section.getByRole("button", { name: "Show as table" });
  await tables.first().click();
  const assumed = section.getByRole("row", { name: /^As assumed/ }).getByRole("cell");
  expect(await assumed.first().innerText()).toBe((await figure(page, "Total over 3 years")).value);

  const spread = () => section.getByRole("row", { name: /^90/ }).getByRole("cell").first().innerText();
  const before = await spread();
  await page.getByText("Ranges of the inputs").click();
  await enter(page, "Administrators, highest", "400");
  await expect.poll(spread).not.toBe(before);
  await expect(page.getByRole("row", { name: /^Administrators/ }).filter({ hasText: "your range" })).toBeVisible();
  await page.getByRole("button", { name: "Default range of Administrators" }).click();
  await expect.poll(spread).toBe(before);
  await expect.poll(() => verdict.innerText()).toBe(text);
});

test("carbon is not guessed, and follows what is known of one's own grid", async ({ page }) => {
  await openCost(page);
  expect((await figure(page, "Carbon, per year")).value).toBe("not known");
  await expect(page.getByText(/^The emissions of the grid at .* are missing/).first()).toBeVisible();
  const grid = page.getByLabel("Emissions of the grid of your own sites");
  await expect(grid).toHaveValue("");
  await grid.fill("100");
  await grid.press("Enter");
  await expect.poll(async () => (await figure(page, "Carbon, per year")).value).toMatch(/^[\d.]+ (t|kg)$/);
  expect((await figure(page, "Carbon, per year")).note).toMatch(/^[\d.]+ % (below|above) staying$/);
  // 100 g a kWh: the kilograms of staying are a tenth of its kilowatt-hours.
  const together = page.getByRole("row", { name: /^Together, in the first year/ }).getByRole("cell");
  const [energy, carbon] = [await together.nth(1).innerText(), await together.nth(3).innerText()];
  const kWh = units(energy) * (energy.includes("MWh") ? 1000 : 1);
  const kg = units(carbon) * (carbon.endsWith(" t") ? 1000 : 1);
  expect(Math.abs(kg / kWh - 0.1)).toBeLessThan(0.002);
});

test("the way that data takes and licences by the machine are entered in a sheet, and stand in the ledger", async ({ page }) => {
  await openCost(page);
  const ledger = page.locator(".ledger-wide");
  const unpriced = page.getByText(/^A link to move data over/);
  await expect(unpriced.first()).toBeVisible();
  await page.getByRole("button", { name: "Moving data…" }).first().click();
  const sheet = page.getByRole("dialog", { name: "Licences, moving data, and ranges" });
  for (const [label, value] of [["Link to move data over", "1000"], ["Price of the link", "850"]]) {
    await sheet.getByLabel(label, { exact: true }).fill(value);
    await page.keyboard.press("Enter");
  }
  const named = sheet.getByLabel("Machines with SQL Server Enterprise", { exact: true });
  await named.fill("*");
  await page.keyboard.press("Enter");
  await sheet.getByRole("button", { name: "Close" }).click();
  await planned(page);
  await expect(unpriced).toHaveCount(0);
  for (const group of await ledger.locator(".ledger-group").all()) await group.locator(":scope > summary").click();
  const line = (text) => ledger.locator(".ledger-line", { hasText: text });
  await expect(line("Link to move data over")).toHaveCount(1);
  await expect(line("SQL Server Enterprise").first()).toBeVisible();
  // As much as the formula says.
  await line("Link to move data over").locator("summary").click();
  const [, months, total] = (await line("Link to move data over").locator(".ledger-why").innerText()).match(/^(\d+) months? × \$850.*? = \$([\d,]+)/);
  expect(units(total)).toBe(850 * Number(months));
  // One step back takes the licences away again.
  await page.keyboard.press("Control+z");
  await planned(page);
  await expect(line("SQL Server Enterprise")).toHaveCount(0);
});
