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
  /** The second cell of the first row, to open what it stands for. */
  open: (grid) => grid.getByRole("gridcell").nth(1).click(),
  async set(field, value) {
    await field.fill(value);
    await field.press("Enter");
  },
  choose: (field, label) => field.selectOption({ label }),
  async go(page, name) {
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: new RegExp(`^${name}`) }).click();
    await heading(page, name);
  },
};

/** More stops than any page has. */
const STOPS = 250;

/** Goes on with Tab until the focus is on `target`. */
async function reach(target) {
  await target.waitFor();
  const { keyboard } = target.page();
  for (let stop = 0; stop < STOPS; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await keyboard.press("Tab");
  }
  throw new Error(`${target} is not reached with Tab`);
}

/** And with the keyboard alone, on which nothing gets the focus but by keys: pages are found in the palette, the rest with Tab. */
const keyboard = {
  async press(locator) {
    await reach(locator);
    await locator.page().keyboard.press("Enter");
  },
  async open(grid) {
    await reach(grid.locator('[tabindex="0"]').first());
    const { keyboard } = grid.page();
    for (const key of ["Control+Home", "ArrowDown", "ArrowRight", "Enter"]) await keyboard.press(key);
  },
  async set(field, value) {
    await reach(field);
    const { keyboard } = field.page();
    await keyboard.press("Control+a");
    await keyboard.type(value);
    await keyboard.press("Enter");
  },
  async choose(field, label) {
    await reach(field);
    await expect(async () => {
      await field.page().keyboard.press("ArrowDown");
      expect(await field.evaluate((select) => select.selectedOptions[0].label)).toBe(label);
    }).toPass({ intervals: [50] });
  },
  async go(page, name) {
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
    await heading(page, name);
  },
};

async function wholeWay(page, file, { press, open, set, choose, go }) {
  await page.goto("./");
  const files = page.getByRole("button", { name: "Choose files…" });
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), press(files)]);
  await chooser.setFiles(file);
  await expect(page.locator(".kpis").first()).toBeVisible({ timeout: 60_000 });

  await go(page, "Rules");
  const failures = page.getByLabel("Host failures to survive");
  await set(failures, "2");

  await go(page, "Plan");
  await planned(page);
  const grid = page.getByRole("grid", { name: "Machines and their places" });
  await open(grid);
  await expect(page.locator(".why-name")).toBeVisible();
  const choice = page.getByLabel("Run it in");
  const here = await page.locator(".facts dd").first().innerText();
  const there = (await choice.locator("option").allInnerTexts()).slice(1).find((place) => place !== here);
  await choose(choice, there);
  const move = page.getByRole("button", { name: "Move it" });
  await expect(move).toBeEnabled({ timeout: 60_000 });
  await press(move);
  await planned(page);
  await expect(grid.getByText("locked").first()).toBeVisible();

  await go(page, "Compare");
  await press(page.getByRole("button", { name: /^Copy / }));
  await go(page, "Rules");
  await set(failures, "0");
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
