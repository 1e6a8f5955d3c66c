// Takes the pictures of the documentation: `docs/screenshots/<page>-<width>-<theme>.png`, from the release build in `dist/`.
// Run it with `cargo xtask screenshots`.
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { LAUNCH_OPTIONS } from "./browser.mjs";
import { serve } from "./server.mjs";

const TARGET = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));
const VIEWPORTS = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];
const THEMES = ["light", "dark"];

/** The pages of the app: how a picture is named, and how a person who has just opened the app gets there. */
const goTo = (slug) => async (page) => {
  await page.evaluate((slug) => (location.hash = `#/${slug}`), slug);
  await page.locator("#main > .page").waitFor();
  if (["plan", "cost", "timeline"].includes(slug)) await page.locator('.page[aria-busy="false"]').waitFor();
};
const openSample = async (page) => {
  await page.getByRole("button", { name: "Try the sample estate" }).click();
  await page.locator(".kpis").first().waitFor();
  // The message of the import goes away by itself.
  await page.getByRole("button", { name: "Dismiss" }).first().click({ timeout: 3000 }).catch(() => {});
};
/** Through the page that is open, so that what is drawn when it comes into view is there. */
const toTheEnd = async (page) => {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let top = 0; top < height; top += 600) {
    await page.evaluate((top) => scrollTo(0, top), top);
    await page.waitForTimeout(300);
  }
  await page.getByRole("img", { name: /P10|draws/ }).first().waitFor({ timeout: 20_000 }).catch(() => {});
  await page.evaluate(() => scrollTo(0, 0));
};
/** Growth of 15 % a year. */
const growth = async (page) => {
  await goTo("timeline")(page);
  await page.getByRole("slider", { name: "Growth of everything" }).focus();
  for (let step = 0; step < 30; step++) await page.keyboard.press("ArrowRight");
  await page.locator('.page[aria-busy="false"]').waitFor();
};
/** The palette over the page before; the next page closes it. */
const palette = async (page) => {
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
};
/** A second scenario, which survives more failures, beside the first one. */
const compareScenarios = async (page) => {
  await page.keyboard.press("Escape");
  await goTo("compare")(page);
  await page.getByRole("button", { name: "+ Scenario" }).click();
  await goTo("rules/2")(page);
  await page.getByLabel("Host failures to survive").fill("2");
  await page.keyboard.press("Enter");
  await goTo("compare/2")(page);
  await page.locator('.page[aria-busy="false"]').waitFor({ timeout: 60_000 });
};
const PAGES = [
  { name: "start", open: async () => {} },
  { name: "estate", open: openSample },
  { name: "footprints", open: goTo("footprints") },
  { name: "rules", open: goTo("rules") },
  { name: "plan", open: goTo("plan") },
  { name: "cost", open: goTo("cost") },
  // All of it, drawn to the end: how sure it is, and carbon, come into view further down.
  { name: "cost-whole", open: toTheEnd, whole: true },
  { name: "timeline", open: growth },
  { name: "palette", open: palette },
  { name: "compare", open: compareScenarios },
  { name: "share", open: goTo("share") },
];

async function capture(browser, url, viewport, theme) {
  const context = await browser.newContext({ viewport, colorScheme: theme, locale: "en-GB", timezoneId: "UTC", reducedMotion: "reduce" });
  const page = await context.newPage();
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.goto(url);
  await page.getByRole("heading", { level: 1 }).waitFor();
  for (const { name, open, whole } of PAGES) {
    await open(page);
    const file = `${name}-${viewport.width}-${theme}.png`;
    await page.screenshot({ path: TARGET + file, fullPage: whole });
    console.log(file);
  }
  await context.close();
}

await mkdir(TARGET, { recursive: true });
const server = await serve();
const browser = await chromium.launch(LAUNCH_OPTIONS);
try {
  for (const viewport of VIEWPORTS) {
    for (const theme of THEMES) await capture(browser, server.url, viewport, theme);
  }
} finally {
  await browser.close();
  await server.close();
}
