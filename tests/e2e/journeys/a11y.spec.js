// Every page and dialog in both themes, looked at by axe: no violation of WCAG 2.2 AA, nor of what axe takes for good practice.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { DIALOGS, SLUGS, goToSlug, openSample } from "../app.js";
import { expect, test } from "../fixtures.js";

const AXE = await readFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** What axe has to say against what is on screen, one line for each element. */
async function violations(page) {
  // What comes and goes has a moment of half its colours.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
  // The size of targets, WCAG 2.2, 2.5.8, is off unless it is asked for.
  const options = { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } };
  const found = await page.evaluate(async (options) => (await self.axe.run(document, options)).violations, options);
  return found.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}): ${node.target.join(" ")} ${node.failureSummary ?? ""}`));
}

for (const theme of ["light", "dark"]) {
  test(`axe finds nothing on any page or dialog, ${theme}`, async ({ page }) => {
    // Some forty looks, each of which takes axe seconds.
    test.setTimeout(480_000);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    const found = {};
    const look = async (name) => {
      const lines = await violations(page);
      if (lines.length) found[name] = lines;
    };
    const goTo = (slug) => goToSlug(page, slug);
    await page.goto("./");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.evaluate(AXE);
    await look("welcome");
    await page.getByRole("button", { name: "Type in totals…" }).click();
    await expect(page.getByRole("dialog", { name: "Type in an estate" })).toBeVisible();
    await look("an estate to type in");
    for (const slug of SLUGS.slice(1)) {
      await page.goto(`./#/${slug}`);
      await look(`${slug} without an estate`);
    }
    await openSample(page);
    await page.evaluate(AXE);
    for (const slug of SLUGS) {
      await goTo(slug);
      await look(slug);
    }
    await page.getByRole("button", { name: "+ Scenario" }).click();
    await goTo("compare/2");
    await look("compare with two scenarios");
    for (const { name, slug, open } of DIALOGS) {
      await goTo(slug);
      await open(page);
      await expect(page.getByRole("dialog").or(page.getByRole("alertdialog")).first()).toBeVisible();
      await look(name);
      await page.keyboard.press("Escape");
      await expect(page.locator("dialog[open]")).toHaveCount(0);
    }
    await goTo("estate");
    await page.getByRole("button", { name: "Columns" }).first().click();
    await expect(page.getByRole("group", { name: "Columns" })).toBeVisible();
    await look("the columns to choose from");
    await page.keyboard.press("Escape");
    await goTo("cost");
    await page.locator("button.help").first().click();
    await expect(page.locator(".help-text:popover-open")).toBeVisible();
    await look("an explanation");
    await page.keyboard.press("Escape");
    await goTo("plan");
    await page.keyboard.press("Control+/");
    await page.getByRole("button", { name: "Take the tour" }).click();
    await expect(page.getByRole("complementary", { name: "Tour" })).toBeVisible();
    await look("the tour");
    await goTo("plan");
    await page.getByRole("grid", { name: "Machines and their places" }).getByRole("row").nth(1).click();
    await page.getByLabel("Run it in").selectOption({ index: 1 });
    await expect(page.locator(".move-preview")).toContainText("Each month", { timeout: 60_000 });
    await look("a machine tried elsewhere");
    // Another tab with the same project.
    const other = await page.context().newPage();
    await other.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await other.goto("./");
    await expect(other.getByText("This project is open in another tab")).toBeVisible();
    await other.evaluate(AXE);
    const lines = await violations(other);
    if (lines.length) found["a tab that follows"] = lines;
    await other.evaluate(() => dispatchEvent(new ErrorEvent("error", { error: new WebAssembly.RuntimeError("unreachable") })));
    await expect(other.getByRole("dialog", { name: "Groundwork has stopped" })).toBeVisible();
    const crash = await violations(other);
    if (crash.length) found["a crash"] = crash;
    expect(found).toEqual({});
  });
}

test("axe finds nothing where nothing is kept", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(self, "indexedDB", { value: undefined }));
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openSample(page);
  await page.evaluate(AXE);
  await page.getByRole("button", { name: "Not stored" }).click();
  await expect(page.getByRole("dialog", { name: "Projects" }).getByRole("button", { name: "Save file" })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  // Here something would be lost, so it is asked first.
  await page.getByRole("button", { name: "New", exact: true }).click();
  await expect(page.getByRole("alertdialog", { name: "Begin a new project?" })).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test("axe finds nothing on a phone, and no page is wider than it", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openSample(page);
  await page.evaluate(AXE);
  const found = {};
  for (const slug of SLUGS) {
    await goToSlug(page, slug);
    const lines = await violations(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 390) lines.push(`the page is ${width} pixels wide`);
    if (lines.length) found[slug] = lines;
  }
  expect(found).toEqual({});
});

test("no page is wider than its window, from 320 to 2560 px", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openSample(page);
  const wide = [];
  for (const slug of SLUGS) {
    await goToSlug(page, slug);
    for (const width of [320, 360, 1024, 1366, 2560]) {
      await page.setViewportSize({ width, height: 900 });
      // Pictures are laid out for the width that they have, a moment later.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const needed = () => page.evaluate(() => document.documentElement.scrollWidth);
      await expect.poll(needed, { timeout: 2000 }).toBeLessThanOrEqual(width).catch(async () => wide.push(`${slug} at ${width}: ${await needed()}`));
    }
  }
  expect(wide).toEqual([]);
});

test("axe finds what is wrong where something is", async ({ page }) => {
  await page.goto("./");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.evaluate(AXE);
  await page.evaluate(() => document.querySelector("#main button").replaceChildren());
  expect((await violations(page)).join()).toContain("button-name");
});
