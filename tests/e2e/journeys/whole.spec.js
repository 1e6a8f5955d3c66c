// The whole way of a person, once by mouse and once by the keyboard alone, on the sample and on ten thousand machines:
// import, rules, plan, move one machine, compare two scenarios, save, reload.
import { fileURLToPath } from "node:url";
import { planned, saved, settled } from "../app.js";
import { inventory } from "../estate.mjs";
import { expect, test } from "../fixtures.js";

// As a visitor does it.
test.use({ steps: null });

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const SAMPLE = `${ROOT}static/sample/groundwork-sample.xlsx`;

const heading = (page, name) => expect(page.getByRole("heading", { name, level: 1 })).toBeAttached({ timeout: 30_000 });

/** How a person does things with a mouse. */
const mouse = {
  press: (locator) => locator.click(),
  async go(page, name) {
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: new RegExp(`^${name}`) }).click();
    await heading(page, name);
  },
};

/** And with the keyboard alone: pages are found in the palette. */
const keyboard = {
  async press(locator) {
    await locator.focus();
    await locator.page().keyboard.press("Enter");
  },
  async go(page, name) {
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
    await heading(page, name);
  },
};

async function wholeWay(page, file, { press, go }) {
  await page.goto("./");
  const choose = page.getByRole("button", { name: "Choose files…" });
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), press(choose)]);
  await chooser.setFiles(file);
  await expect(page.locator(".kpis").first()).toBeVisible({ timeout: 60_000 });

  await go(page, "Rules");
  const failures = page.getByLabel("Host failures to survive");
  await failures.fill("2");
  await failures.press("Enter");

  await go(page, "Plan");
  await planned(page);
  const grid = page.getByRole("grid", { name: "Machines and their places" });
  await press(grid.getByRole("gridcell").nth(1));
  await expect(page.locator(".why-name")).toBeVisible();
  const choice = page.getByLabel("Run it in");
  const here = await page.locator(".facts dd").first().innerText();
  const there = (await choice.locator("option").allInnerTexts()).slice(1).find((place) => place !== here);
  await choice.selectOption({ label: there });
  const move = page.getByRole("button", { name: "Move it" });
  await expect(move).toBeEnabled({ timeout: 60_000 });
  await press(move);
  await planned(page);
  await expect(grid.getByText("locked").first()).toBeVisible();

  await go(page, "Compare");
  await press(page.getByRole("button", { name: /^Copy / }));
  await go(page, "Rules");
  await failures.fill("0");
  await failures.press("Enter");
  await go(page, "Compare");
  await settled(page);
  await expect(page.getByRole("status").filter({ hasText: / costs .+ (more|less) than / })).toBeVisible();
  await expect(page.getByRole("img", { name: /^Lines over \d+ months/ })).toBeVisible();
  const total = page.getByRole("row", { name: /^Total/ }).getByRole("cell");
  await expect(total).toHaveCount(2);
  const totals = await total.allInnerTexts();

  await saved(page);
  const [download] = await Promise.all([page.waitForEvent("download"), press(page.getByRole("button", { name: "Save file" }))]);
  expect(download.suggestedFilename()).toMatch(/\.groundwork\.json$/);
  await page.reload();
  await settled(page);
  await expect(total).toHaveText(totals.map((text) => text.replace(/\n/g, "")));
}

test("the whole way on the sample, by mouse", ({ page }) => wholeWay(page, SAMPLE, mouse));
test("the whole way on the sample, by the keyboard alone", ({ page }) => wholeWay(page, SAMPLE, keyboard));

test.describe("ten thousand machines", () => {
  test.describe.configure({ mode: "serial" });
  let large;
  test.beforeAll(() => {
    test.setTimeout(600_000);
    large = inventory(10_000);
  });
  test("the whole way, by mouse", ({ page }) => wholeWay(page, large, mouse));
  test("the whole way, by the keyboard alone", ({ page }) => wholeWay(page, large, keyboard));
});
