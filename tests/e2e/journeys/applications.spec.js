// Applications on the page Rules: machines are grouped, and what applications send each other is a grid of rules.
import { go, openSample } from "../app.js";
import { expect, test } from "../fixtures.js";

const group = (page) => page.getByRole("group", { name: "Group machines into applications" });
const card = (page) => page.getByRole("group", { name: "Traffic between applications" });
const grid = (page) => page.getByRole("grid", { name: "Traffic between applications" });

test("machines are grouped after it was shown what that makes, and traffic is typed into the grid by keyboard", async ({ page }) => {
  await openSample(page);
  await go(page, "Rules");
  await expect(card(page)).toContainText("No applications yet");

  await group(page).getByLabel("By", { exact: true }).selectOption("Name pattern");
  const facts = group(page).getByRole("status");
  await expect(facts).toContainText(/^[1-9]\d* applications · [1-9]\d* machines get one/);
  const [, applications, machines] = /^([\d,]+) applications · ([\d,]+) machines/.exec(await facts.innerText());
  await group(page).getByRole("button", { name: `Group ${machines} machines` }).click();
  await expect(facts).toContainText(`${machines} keep their own`);
  await expect(group(page).getByRole("button", { name: /^Group 0/ })).toBeDisabled();
  expect(Number(applications.replace(",", ""))).toBeGreaterThan(1);

  // One tab stop; the second cell of the first row is traffic from the first application to the second.
  await grid(page).getByRole("gridcell").first().focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type("1200");
  await page.keyboard.press("Enter");
  const cell = grid(page).locator('[data-cell="0 1"]');
  await expect(cell).toHaveText("1,200");
  await expect(cell).toBeFocused();
  const rules = page.getByText(/GiB/).filter({ hasText: "1,200" });
  await expect(rules.first()).toBeVisible();
  await expect(grid(page).getByRole("row").last()).toContainText("1,200");

  // The way back belongs to the same rule; what is no number stays in the box with the reason.
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await page.keyboard.type("many");
  await page.keyboard.press("Enter");
  await expect(card(page).getByRole("alert")).toContainText("Type a number");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await page.keyboard.type("30");
  await page.keyboard.press("Enter");
  await expect(grid(page).locator('[data-cell="1 0"]')).toHaveText("30");
  await expect(grid(page).getByRole("row").last()).toContainText("1,230");

  // Each edit is one step, and the grouping is one.
  await page.keyboard.press("Control+z");
  await expect(grid(page).locator('[data-cell="1 0"]')).toHaveText("0");
  await page.keyboard.press("Control+z");
  await expect(cell).toHaveText("0");
  await page.keyboard.press("Control+z");
  await expect(card(page)).toContainText("No applications yet");
});
