// Who types faster than the page draws loses nothing: on a machine that is four times slower than this one, keys come before what they are meant for is there.
import { go, openSample } from "../app.js";
import { expect, test } from "../fixtures.js";

const SLOWER = 4;

async function slowDown(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
}

test("the palette has what was typed from its first letter on", async ({ page }) => {
  await openSample(page);
  await slowDown(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("timelinx");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("e");
  const field = page.getByRole("combobox", { name: "Command, page, scenario or machine" });
  await expect(field).toHaveValue("timeline");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Timeline", level: 1 })).toBeAttached();

  // The way out is not lost either, and letters after it are not typed into anything.
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("cells of a table take what is typed as soon as they are reached and opened", async ({ page }) => {
  await openSample(page);
  const table = page.getByRole("grid", { name: "Machines" });
  await expect(table.getByRole("row").nth(3)).toBeVisible();
  const head = table.getByRole("columnheader", { name: "Application" });
  const column = await head.getAttribute("aria-colindex");
  const cell = (row) => table.locator(`[aria-rowindex="${row}"] [aria-colindex="${column}"], [aria-rowindex="${row}"][aria-colindex="${column}"]`).first();
  await cell(2).focus();
  await slowDown(page);
  for (const name of ["Intranet", "Wages"]) {
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
  }
  await expect(cell(3)).toHaveText("Intranet");
  await expect(cell(4)).toHaveText("Wages");
  await expect(cell(4)).toBeFocused();
});

test("a number typed over a cell of traffic keeps its first digits", async ({ page }) => {
  await openSample(page);
  await go(page, "Rules");
  const group = page.getByRole("group", { name: "Group machines into applications" });
  await group.getByLabel("By", { exact: true }).selectOption("Name pattern");
  await group.getByRole("button", { name: /^Group [1-9]\d* machines/ }).click();
  const grid = page.getByRole("grid", { name: "Traffic between applications" });
  await grid.getByRole("gridcell").first().focus();
  await slowDown(page);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type("1200");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.type("30");
  await page.keyboard.press("Enter");
  await expect(grid.locator('[data-cell="0 1"]')).toHaveText("1,200");
  await expect(grid.locator('[data-cell="1 2"]')).toHaveText("30");
  await expect(grid.getByRole("row").last()).toContainText("1,230");
});
