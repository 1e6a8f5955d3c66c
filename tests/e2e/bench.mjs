// Measures the built app in the browser, on a generated inventory of 10,000 machines: import, plan, longest task, interactions. Prints each figure
// beside its target and judges nothing: the machine that it runs on is nobody's reference.
import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { LAUNCH_OPTIONS } from "./browser.mjs";
import { serve } from "./server.mjs";

const MACHINES = Number(process.env.MACHINES ?? 10_000);
const RUNS = Number(process.env.RUNS ?? 3);
const root = fileURLToPath(new URL("../../", import.meta.url));
const file = `${root}target/estate-${MACHINES}.xlsx`;

if (!existsSync(file)) {
  console.log(`Making an inventory of ${MACHINES} machines …`);
  const options = ["--machines", String(MACHINES), "--seed", "7", file];
  execFileSync("cargo", ["run", "--quiet", "--example", "make_estate", "--", ...options], { cwd: root, stdio: "inherit" });
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const round = (value) => Math.round(value * 10) / 10;

/** Waits for the plan of the present inputs; resolves to the milliseconds since `since`. */
const planned = (page, since) =>
  page.evaluate(
    (since) =>
      new Promise((resolve) => {
        const look = () => {
          const page = document.querySelector(".page");
          if (page && page.getAttribute("aria-busy") === "false") resolve(performance.now() - since);
          else requestAnimationFrame(look);
        };
        look();
      }),
    since,
  );

async function run(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.longTasks.push(entry.duration);
    }).observe({ type: "longtask", buffered: true });
    window.slowest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.interactionId) window.slowest = Math.max(window.slowest, entry.duration);
    }).observe({ type: "event", buffered: true, durationThreshold: 16 });
  });
  await page.goto(url);
  await page.getByRole("button", { name: "Choose files…" }).waitFor();
  // The engine loads while the page is idle; a person takes longer than this to find a file.
  await page.waitForTimeout(1500);
  await page.evaluate(() => (window.longTasks.length = 0));

  const picker = page.locator("input[type=file]").first();
  await picker.setInputFiles(file);
  const imported = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const since = performance.now();
        const look = () => (document.querySelector(".kpis") ? resolve(performance.now() - since) : requestAnimationFrame(look));
        look();
      }),
  );
  await page.evaluate(() => (location.hash = "#/plan"));
  await page.locator('.page[aria-busy="false"]').waitFor({ timeout: 120_000 });
  const importTasks = await page.evaluate(() => window.longTasks.splice(0));

  // One edit, and the time until the plan follows.
  await page.evaluate(() => (location.hash = "#/rules"));
  const slider = page.getByRole("slider").first();
  await slider.waitFor();
  const since = await page.evaluate(() => performance.now());
  await slider.press("ArrowRight");
  await page.evaluate(() => (location.hash = "#/plan"));
  await page.waitForTimeout(50);
  const replanned = await planned(page, since);

  // Scrolling and typing on the estate.
  await page.evaluate(() => (location.hash = "#/estate"));
  const search = page.getByRole("searchbox").first();
  await search.fill("");
  await search.pressSequentially("windows 2012", { delay: 30 });
  await page.getByRole("grid").first().hover();
  for (let turn = 0; turn < 20; turn += 1) await page.mouse.wheel(0, 2_000);
  const rows = await page.locator("[role=row]").count();
  const tasks = await page.evaluate(() => window.longTasks);
  const slowest = await page.evaluate(() => window.slowest);
  await context.close();
  return {
    imported,
    replanned,
    rows,
    importLongest: Math.max(0, ...importTasks),
    longest: Math.max(0, ...tasks),
    slowest,
  };
}

const server = await serve();
const browser = await chromium.launch(LAUNCH_OPTIONS);
const runs = [];
for (let index = 0; index < RUNS; index += 1) runs.push(await run(browser, server.url));
await browser.close();
await server.close();

const of = (key) => `${round(median(runs.map((run) => run[key])))}`;
console.log(`${MACHINES} machines, ${round(statSync(file).size / 1e6)} MB, median of ${RUNS} runs in headless Chromium`);
for (const [what, key, unit, target] of [
  ["Import, first byte to figures on screen", "imported", "ms", "350 (warm, in the worker)"],
  ["Longest task on the page while importing and planning", "importLongest", "ms", "50"],
  ["New plan on screen after one edit", "replanned", "ms", "500"],
  ["Longest task while editing, searching, scrolling", "longest", "ms", "50"],
  ["Slowest interaction to next paint", "slowest", "ms", "100"],
  ["Rows in the page", "rows", "", "200"],
]) {
  console.log(`${what.padEnd(56)} ${of(key).padStart(8)} ${unit.padEnd(3)} target ${target}`);
}
