// The tour: from the welcome through all pages, ended at any time, found again.
import { openSample } from "../app.js";
import { expect, test } from "../fixtures.js";

const tour = (page) => page.getByRole("complementary", { name: "Tour" });

test("a first visit is shown around, by the keyboard alone", async ({ page }) => {
  await page.goto("./");
  await page.getByRole("button", { name: "Take the tour" }).press("Enter");
  const question = tour(page).getByRole("heading");
  await expect(question).toHaveText("What is there?", { timeout: 30_000 });
  await expect(question).toBeFocused();
  // Past the button that ends it.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  for (const name of ["Footprints", "Rules", "Plan", "Cost", "Timeline", "Compare", "Share"]) {
    await tour(page).getByRole("button", { name: `Next: ${name}` }).press("Enter");
    await expect(page).toHaveURL(new RegExp(`#/${name.toLowerCase()}`));
    await expect(page.getByRole("heading", { name, level: 1 })).toBeAttached();
    await expect(tour(page)).toContainText(`${name}, page`);
  }
  await tour(page).getByRole("button", { name: "Back" }).click();
  await expect(page).toHaveURL(/#\/compare/);
  await page.keyboard.press("Escape");
  await expect(tour(page)).toHaveCount(0);
});

test("the tour is found again in the palette and in the shortcuts, and leaves the estate as it is", async ({ page }) => {
  await openSample(page);
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: /^Cost/ }).click();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await page.keyboard.type("tour");
  await page.keyboard.press("Enter");
  await expect(tour(page)).toContainText("Estate, page 1 of 8");
  await expect(page.getByRole("button", { name: "Nothing to undo" }).or(page.getByRole("button", { name: /^Undo import/ }))).toBeVisible();
  // Whoever goes elsewhere is told of that page.
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: /^Plan/ }).click();
  await expect(tour(page)).toContainText("Plan, page 4 of 8");
  await tour(page).getByRole("button", { name: "End the tour" }).click();
  await expect(tour(page)).toHaveCount(0);
  await page.keyboard.press("Control+/");
  await page.getByRole("dialog").getByRole("button", { name: "Take the tour" }).click();
  await expect(tour(page)).toBeVisible();
});
