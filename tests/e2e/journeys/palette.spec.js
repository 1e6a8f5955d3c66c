// Everything by its name and by the keyboard: the palette and the sheet of shortcuts.
import { openSample, planned } from "../app.js";
import { expect, test } from "../fixtures.js";

const palette = (page) => page.getByRole("dialog", { name: "Search or run a command" });
const field = (page) => palette(page).getByRole("combobox");

test("by keyboard alone: a page, a machine, a theme and the way back", async ({ page }) => {
  await openSample(page);
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("go plan");
  await expect(palette(page).getByRole("option")).toHaveText(["Plan"]);
  await page.keyboard.press("Enter");
  await expect(palette(page)).toHaveCount(0);
  await expect(page).toHaveURL(/#\/plan$/);
  await planned(page);

  // A machine is found by its name, and its reasons are shown.
  const row = page.getByRole("grid", { name: "Machines and their places" }).getByRole("row").nth(3);
  const name = (await row.getByRole("gridcell").nth(1).textContent()).trim();
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(name);
  await expect(palette(page).getByRole("group", { name: "Machines" }).getByRole("option").first()).toHaveText(name);
  // Up from the first result is the last one.
  const options = await palette(page).getByRole("option").count();
  await page.keyboard.press("ArrowUp");
  await expect(palette(page).getByRole("option").nth(options - 1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(palette(page).getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  // Keys that come before anything is drawn go on from where the last one led.
  await field(page).fill("go");
  await field(page).evaluate((field) => {
    for (let turn = 0; turn < 3; turn++) field.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
  });
  await expect(palette(page).getByRole("option").nth(3)).toHaveAttribute("aria-selected", "true");
  await field(page).fill(name);
  await expect(palette(page).getByRole("option").first()).toHaveText(name);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name, exact: true })).toBeVisible();

  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("theme dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");

  // Denser: more rows in view, and found again.
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("density dense");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-density", "dense");
  const places = page.getByRole("grid", { name: "Machines and their places" });
  await expect.poll(async () => (await places.locator(".vtable-window > .vtable-row").first().boundingBox()).height).toBe(26);
  // Rows lie where the table takes them to be: the last one can be reached.
  await places.getByRole("gridcell").first().focus();
  await page.keyboard.press("Control+End");
  await expect(places.getByRole("row").last()).toBeInViewport();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-density", "dense");
  await planned(page);

  // The same keys close it, and Escape does; the focus goes back to where it was.
  const button = page.getByRole("button", { name: /^Search or run a command/ });
  await button.focus();
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("no such thing");
  await expect(palette(page).getByRole("status")).toContainText("Nothing is called so");
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette(page)).toHaveCount(0);
  await expect(button).toBeFocused();
});

test("by mouse: a scenario is added and taken back, a file is written", async ({ page }) => {
  await openSample(page);
  const run = async (words, title) => {
    await page.getByRole("button", { name: /^Search or run a command/ }).click();
    await field(page).fill(words);
    await palette(page).getByRole("option", { name: title }).click();
  };
  await run("copy", /^Add a copy/);
  await expect(page).toHaveURL(/#\/estate\/2$/);
  await run("plan a", "Plan A");
  await expect(page).toHaveURL(/#\/estate\/1$/);
  await run("undo", /^Undo adding a scenario/);
  await expect(page.getByLabel("Scenario", { exact: true })).toHaveCount(0);
  const [download] = await Promise.all([page.waitForEvent("download"), run("save project", /^Save the project/)]);
  expect(download.suggestedFilename()).toMatch(/groundwork\.json$/);
});

test("the sheet of shortcuts says what the keys do, and they do it", async ({ page }) => {
  await page.goto("./");
  // The heading is in the page before the app is; what the app draws listens to keys.
  await expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible();
  await page.keyboard.press("Control+/");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet.getByText("Ctrl K", { exact: true })).toBeVisible();
  await expect(sheet.getByText("In a table")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  // Also from within a text, where signs alone are what is typed.
  const name = page.getByLabel("Project name");
  await name.focus();
  await page.keyboard.press("/");
  await expect(name).toHaveValue("/");
  await page.keyboard.press("Control+/");
  await expect(sheet).toBeVisible();
});
