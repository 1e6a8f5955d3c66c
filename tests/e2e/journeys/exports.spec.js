// What others get.
import { readFile } from "node:fs/promises";
import { expect, test } from "../fixtures.js";
import { figure, go, openSample, planned, totalOf } from "../app.js";

// Totals are compared with those of other places, which look as long as usual.
test.use({ steps: null });

/** Gets a file from the page Share. */
async function get(page, name) {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: `${name}: ` }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** 1,234.50 of `$1,234.50`. */
const digits = (text) => text.replace(/[^\d.]/g, "");

test("the result leaves as workbook, report, tables and files for others", async ({ page }) => {
  const loaded = [];
  page.on("request", (request) => loaded.push(request.url()));
  await openSample(page);
  await go(page, "Cost");
  await planned(page);
  const [total] = /\$[\d,]+(?= in all)/.exec(await totalOf(page));
  await go(page, "Share");

  const html = await get(page, "Report, to print");
  expect(html.name).toMatch(/report\.html$/);
  expect(html.bytes.toString()).toContain(total);
  const markdown = await get(page, "Report, Markdown");
  expect(markdown.bytes.toString()).toContain(total);

  const workbook = await get(page, "Workbook");
  expect(workbook.name).toMatch(/plan\.xlsx$/);
  expect(workbook.bytes.subarray(0, 2).toString()).toBe("PK");
  expect(workbook.bytes.length).toBeGreaterThan(20_000);

  // Every line of the ledger adds up to what is on screen.
  const ledger = (await get(page, "Ledger")).bytes.toString().trim().split("\r\n").slice(1);
  const cents = ledger.filter((line) => line.startsWith("Plan,")).map((line) => cells(line)[10]).reduce((sum, cell) => sum + Number(cell), 0);
  expect(Math.round(cents)).toBe(Math.round(Number(digits(total))));

  const azure = (await get(page, "Azure Migrate")).bytes.toString().trim().split("\r\n");
  expect(azure[0]).toMatch(/^\*Server Name,IP addresses,\*Cores,/);
  const machines = (await get(page, "Machines")).bytes.toString().trim().split("\r\n");
  expect(machines.length).toBe(azure.length);
  expect((await get(page, "Google Migration Center")).name).toMatch(/migration-center\.zip$/);
  // The part that writes files is loaded with the first of them, and once.
  await expect.poll(() => loaded.filter((url) => url.includes("extras.wasm")).length).toBeLessThanOrEqual(1);
});

test("with growth and changes of prices, pages and files have one total", async ({ page }) => {
  await openSample(page);
  await go(page, "Cost");
  await planned(page);
  const steady = (await figure(page, "Total over 3 years")).value;
  const enter = async (label, value) => {
    const field = page.getByRole("spinbutton", { name: label });
    await field.fill(value);
    await field.press("Enter");
  };
  await enter("Growth of everything", "10");
  await page.locator("summary", { hasText: "Changes of prices" }).click();
  await enter("Administrators and backup", "4");
  await expect.poll(async () => (await figure(page, "Total over 3 years")).value).not.toBe(steady);
  const [total] = /\$[\d,]+(?= in all)/.exec(await totalOf(page));
  const short = (await figure(page, "Total over 3 years")).value;

  await go(page, "Plan");
  await planned(page);
  expect((await figure(page, "Total over 36 months")).value).toBe(short);

  await page.getByRole("button", { name: "+ Scenario" }).click();
  await go(page, "Compare");
  await expect(page.locator('.page[aria-busy="false"]')).toBeVisible({ timeout: 120_000 });
  const compared = page.getByRole("row", { name: /^Total/ }).first().getByRole("cell");
  await expect(compared).toHaveText([short, short]);

  await go(page, "Share");
  expect((await get(page, "Report, to print")).bytes.toString()).toContain(total);
  const ledger = (await get(page, "Ledger")).bytes.toString().trim().split("\r\n").slice(1);
  const lines = ledger.filter((line) => line.startsWith("Plan,"));
  expect(lines.some((line) => line.includes(", year 3"))).toBe(true);
  const sum = lines.map((line) => cells(line)[10]).reduce((sum, cell) => sum + Number(cell), 0);
  expect(Math.round(sum)).toBe(Math.round(Number(digits(total))));
});

test("what a file will say is shown before it is taken, as its own beginning", async ({ page }) => {
  await openSample(page);
  await go(page, "Cost");
  await planned(page);
  await go(page, "Share");
  const way = (title) => page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: title, exact: true }) });
  const preview = async (title) => {
    await way(title).getByRole("button", { name: `Preview: ${title}` }).click();
    await expect(way(title).getByText(/^The file has .* [KM]B; this is how it begins$/)).toBeVisible({ timeout: 60_000 });
  };

  await preview("Report, Markdown");
  const { bytes } = await get(page, "Report, Markdown");
  const shown = await way("Report, Markdown").locator("pre").innerText();
  expect(bytes.toString().startsWith(shown.split("\n").slice(0, 5).join("\n"))).toBe(true);
  await expect(way("Report, Markdown")).toContainText(`The file has ${Math.ceil(bytes.length / 1000)} KB`);

  // One at a time: another one takes its place.
  await preview("Workbook");
  await expect(way("Report, Markdown").locator("pre")).toHaveCount(0);
  await expect(way("Workbook").locator("h4")).toHaveText(["Summary", "Places", "Ledger", "Machines", "Hosts", "Rules", "Assumptions", "Sources"]);
  await expect(way("Workbook").getByRole("region", { name: "Machines" }).locator("tbody tr")).toHaveCount(5);

  await preview("Google Migration Center");
  await expect(way("Google Migration Center").locator("h4")).toHaveText(["vmInfo.csv", "diskInfo.csv", "tagInfo.csv"]);
  await way("Google Migration Center").getByRole("button", { name: "Preview: " }).click();
  await expect(way("Google Migration Center").locator("pre")).toHaveCount(0);
});

test("the element for another page is made and copied", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openSample(page);
  await go(page, "Share");
  const card = page.getByRole("group", { name: "In another page" });
  await card.getByLabel("Shows first").selectOption("Plan");
  await card.getByRole("radio", { name: "Dark" }).check({ force: true });
  const code = card.getByTestId("embed-code");
  await expect(code).toContainText(' page="plan" mode="view" theme="dark">');
  await expect(code).toContainText(`<script src="${new URL("embed.js", page.url()).href}" defer></script>`);
  await card.getByRole("radio", { name: "Change" }).check({ force: true });
  await expect(code).toContainText(' page="plan" theme="dark">');
  await card.getByRole("button", { name: "Copy code" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.trim()).toBe((await code.innerText()).trim());
});

/** The cells of a line of CSV. */
function cells(line) {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((match) => match[1].replace(/^"|"$/g, ""));
}
