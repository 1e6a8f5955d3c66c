// Measures the built app in the browser, on a generated inventory of 10,000 machines: import, plan, longest task, interactions. Prints each figure
// beside its target and judges nothing: the machine that it runs on is nobody's reference.
//
// MACHINES is how many, RUNS how often. Of every task two times are told: on the clock, and of the processor. On a machine with few processors the page waits for
// one while the worker plans, the browser compiles and draws; the clock counts that, and a machine with more of them does not have it.
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { LAUNCH_OPTIONS } from "./browser.mjs";
import { inventory } from "./estate.mjs";
import { serve } from "./server.mjs";

const MACHINES = Number(process.env.MACHINES ?? 10_000);
const RUNS = Number(process.env.RUNS ?? 3);
/** So many edits are followed to their totals, in each run. */
const EDITS = 20;
const root = fileURLToPath(new URL("../../", import.meta.url));
const file = inventory(MACHINES);

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
/** The value that so many of a hundred are not above. */
const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor((values.length * share) / 100))] ?? 0;
const round = (value) => Math.round(value * 10) / 10;

/** In the page: notes every interaction. They are told from one another by when they began. */
function observe() {
  // Headless Chromium paints only what changed, and tells of an interaction when it has painted. So something changes with every frame.
  let dot;
  const frame = () => {
    dot ??= document.body?.appendChild(document.createElement("i"));
    if (dot) dot.style.cssText = `position:fixed;inset:0 auto auto 0;width:1px;height:1px;background:#${(performance.now() | 0) % 2 ? "000" : "fff"}`;
    requestAnimationFrame(frame);
  };
  frame();
  window.seen = { phases: [], interactions: [] };
  // The files of a journey come through the driver, which takes longer than a person who drops them.
  addEventListener("change", ({ target }) => target.files && (window.seen.given = performance.now()), true);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { startTime, duration, name, processingStart } = entry;
      if (entry.interactionId) window.seen.interactions.push({ startTime, duration, name, delay: processingStart - startTime });
    }
  }).observe({ type: "event", buffered: true, durationThreshold: 16 });
}

/** In the page: when an edit was stored that is about to be made. */
function storing() {
  const says = (text) => [...document.querySelectorAll("[role=status]")].some((status) => status.textContent.trim() === text);
  return new Promise((resolve) => {
    let isEdited = false;
    const look = () => {
      isEdited ||= says("Saving…");
      if (isEdited && says("Saved")) resolve(performance.now());
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** In the page: how long after the next key the figures beside the policy are those of a new plan, in milliseconds. */
function totalled() {
  const effect = document.querySelector("[aria-live][aria-busy]");
  return new Promise((resolve) => {
    let pressed;
    addEventListener("keydown", ({ timeStamp }) => (pressed = timeStamp), { capture: true, once: true });
    const changes = new MutationObserver(() => {
      if (pressed === undefined || effect.getAttribute("aria-busy") !== "false") return;
      changes.disconnect();
      requestAnimationFrame(() => resolve(performance.now() - pressed));
    });
    changes.observe(effect, { attributeFilter: ["aria-busy"] });
  });
}

const TRACE = `${root}target/bench-trace.json`;
const PHASE = "phase: ";

/** The tasks of the page's main thread by what was being done, in milliseconds on the clock and of the processor. */
function tasks() {
  const events = JSON.parse(readFileSync(TRACE)).traceEvents;
  const marks = events.filter((event) => event.name.startsWith(PHASE) && event.cat?.includes("user_timing"));
  const { pid, tid } = marks[0];
  const phase = (event) => marks.findLast((mark) => mark.ts <= event.ts)?.name.slice(PHASE.length) ?? "load";
  const whole = events.filter((event) => event.pid === pid && event.tid === tid && event.ph === "X" && event.name.endsWith("RunTask"));
  return whole.map((task) => ({ phase: phase(task), duration: task.dur / 1000, processor: (task.tdur ?? 0) / 1000 }));
}

/** Waits until `selector` is on screen; resolves to the milliseconds since `since`. */
const shown = (page, selector, since) =>
  page.evaluate(
    ([selector, since]) =>
      new Promise((resolve) => {
        const look = () => (document.querySelector(selector) ? resolve(performance.now() - since) : requestAnimationFrame(look));
        look();
      }),
    [selector, since],
  );

/** What is on screen once a plan of the present inputs is there, and once it is the last of them. */
const A_PLAN = ".page[aria-busy]:not(.stale)";
const PLANNED = '.page[aria-busy="false"]';

async function run(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(observe);
  await browser.startTracing(page, { path: TRACE, categories: ["toplevel", "blink.user_timing"] });
  const now = () => page.evaluate(() => performance.now());
  const phase = async (name) => {
    await page.evaluate(
      ([name, mark]) => {
        performance.mark(mark);
        window.seen.phases.push({ name, start: performance.now() });
      },
      [name, PHASE + name],
    );
    return now();
  };
  const go = (slug) => page.evaluate((slug) => (location.hash = `#/${slug}`), slug);

  await page.goto(url);
  await page.getByRole("button", { name: "Choose files…" }).waitFor();
  // The engine loads while the page is idle; a person takes longer than this to find a file.
  await page.waitForTimeout(1500);

  let since = await phase("import");
  await page.locator("input[type=file]").first().setInputFiles(file);
  const figures = since + (await shown(page, ".kpis", since));
  const imported = figures - (await page.evaluate(() => window.seen.given));
  await phase("first plan");
  await go("plan");
  const first = await shown(page, A_PLAN, figures);
  const last = await shown(page, PLANNED, figures);
  // The estate is stored while the plan is looked for.
  await page.getByText("Saved", { exact: true }).waitFor({ timeout: 120_000 });

  since = await phase("edit and replan");
  await go("rules");
  // From here on by selectors: for a role the driver looks through the whole page, in the page's own thread, which no visitor does.
  const slider = page.locator("input[type=range]").first();
  await slider.waitFor();
  const stored = page.evaluate(storing);
  since = await now();
  await slider.press("ArrowRight");
  await go("plan");
  await page.waitForTimeout(50);
  const firstAgain = await shown(page, A_PLAN, since);
  const lastAgain = await shown(page, PLANNED, since);
  const kept = (await stored) - since;
  // Edits one after the other, each to its totals.
  await phase("edit by edit");
  await go("rules");
  await slider.waitFor();
  const totals = [];
  for (let turn = 0; turn < EDITS; turn += 1) {
    const total = page.evaluate(totalled);
    // Never back: what was planned once is kept, and would be no new plan.
    await slider.press("ArrowRight");
    totals.push(await total);
    await page.waitForTimeout(300);
  }
  // A drag: many edits, each while the one before is being planned.
  await phase("drag a slider");
  await go("rules");
  await slider.waitFor();
  for (let turn = 0; turn < 15; turn += 1) await slider.press("ArrowRight", { delay: 20 });
  await page.locator('[aria-busy="false"]').first().waitFor({ timeout: 120_000 });

  for (const slug of ["cost", "footprints", "plan", "estate"]) {
    await phase(`go to ${slug}`);
    await page.locator(`.nav[href="#/${slug}"]`).click();
    await page.waitForTimeout(400);
  }
  await phase("search");
  const search = page.locator('input[type=search][aria-label="Search machines"]');
  await search.fill("");
  await search.pressSequentially("windows 2012", { delay: 30 });
  await page.waitForTimeout(200);
  await search.fill("");
  const machines = page.locator('[role=grid][aria-label="Machines"]');
  await phase("sort");
  for (const column of ["Memory", "Guest system", "Name"]) {
    await machines.locator("[role=columnheader] button", { hasText: column }).first().click();
    await page.waitForTimeout(100);
  }
  await phase("scroll");
  await machines.hover();
  for (let turn = 0; turn < 20; turn += 1) await page.mouse.wheel(0, 2_000);
  const rows = await page.locator("[role=row]").count();
  await phase("change a machine");
  await machines.locator("[role=gridcell]").nth(1).click();
  await page.locator("dialog[open]").getByLabel("vCPU").fill("7");
  await page.keyboard.press("Enter");
  await page.waitForTimeout(300);
  await page.keyboard.press("Escape");
  await phase("undo the import");
  await page.waitForTimeout(200);
  while ((await page.locator('button[aria-label^="Undo "]').count()) > 0) await page.keyboard.press("Control+z");
  await page.waitForTimeout(500);
  await phase("redo the import");
  await page.keyboard.press("Control+Shift+z");
  await page.waitForTimeout(1500);

  const seen = await page.evaluate(() => window.seen);
  await browser.stopTracing();
  await context.close();
  const name = ({ startTime }) => seen.phases.findLast((phase) => phase.start <= startTime)?.name ?? "load";
  const interactions = seen.interactions.map((entry) => ({ ...entry, phase: name(entry) }));
  return { totals, kept, imported, first, last, firstAgain, lastAgain, rows, tasks: tasks(), interactions };
}

const server = await serve();
const browser = await chromium.launch(LAUNCH_OPTIONS);
const runs = [];
for (let index = 0; index < RUNS; index += 1) runs.push(await run(browser, server.url));
await browser.close();
await server.close();

const of = (value) => median(runs.map(value));
const worst = (entries, wanted, time = "duration") => Math.max(0, ...entries.filter(({ phase }) => wanted(phase)).map((entry) => entry[time]));
const begins = (phase) => ["import", "first plan"].includes(phase);
const goesOn = (phase) => phase !== "load" && !begins(phase);
console.log(`${MACHINES} machines, ${round(statSync(file).size / 1e6)} MB, median of ${RUNS} runs in headless Chromium`);
for (const [what, value, unit, target] of [
  ["Import, first byte to figures on screen", (run) => run.imported, "ms", "350 (warm, in the worker)"],
  ["A plan on screen after that", (run) => run.first, "ms", "100 (in the worker)"],
  ["The last plan on screen after that", (run) => run.last, "ms", "1000"],
  ["Longest task while importing and planning, processor", (run) => worst(run.tasks, begins, "processor"), "ms", "50"],
  ["Longest task while importing and planning, clock", (run) => worst(run.tasks, begins), "ms", "50"],
  ["An edit stored in the browser, while it is planned", (run) => run.kept, "ms", "300"],
  ["New totals after an edit, p95", (run) => percentile(run.totals, 95), "ms", MACHINES > 2000 ? "500" : "100"],
  ["New totals after an edit, median", (run) => median(run.totals), "ms", MACHINES > 2000 ? "500" : "100"],
  ["A plan on screen after one edit", (run) => run.firstAgain, "ms", "500"],
  ["The last plan on screen after one edit", (run) => run.lastAgain, "ms", "1000"],
  ["Longest task while editing, searching, scrolling, processor", (run) => worst(run.tasks, goesOn, "processor"), "ms", "50"],
  ["Longest task while editing, searching, scrolling, clock", (run) => worst(run.tasks, goesOn), "ms", "50"],
  ["Interaction to next paint, p98", (run) => percentile(run.interactions.map(({ duration }) => duration), 98), "ms", "100"],
  ["Slowest interaction to next paint", (run) => worst(run.interactions, () => true), "ms", "100"],
  ["Rows in the page", (run) => run.rows, "", "200"],
]) {
  console.log(`${what.padEnd(60)} ${String(round(of(value))).padStart(8)} ${unit.padEnd(3)} target ${target}`);
}
console.log(`\n${"By what was being done".padEnd(24)} longest task: processor     clock   slowest interaction`);
for (const phase of new Set(runs.flatMap((run) => [...run.tasks, ...run.interactions].map((entry) => entry.phase)))) {
  const cell = (key, time, width) => `${round(of((run) => worst(run[key], (other) => other === phase, time)))} ms`.padStart(width);
  console.log(`${phase.padEnd(24)} ${cell("tasks", "processor", 23)} ${cell("tasks", "duration", 9)} ${cell("interactions", "duration", 21)}`);
}
