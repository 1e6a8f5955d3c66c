import { expect, test } from "../fixtures.js";

test("the app starts under a sub-path", async ({ page }) => {
  await page.goto("./");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});
