// The engine as a package: pages that others build import it, and it plans as the app does.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../fixtures.js";
import { DIST, serve } from "../server.mjs";

// Totals are compared with those of other places, which look as long as usual.
test.use({ steps: null });

const SAMPLE = readFileSync(join(DIST, "sample/groundwork-sample.xlsx")).toString("base64");

/** A page of somebody else's that imports the package by name, as pages made with import maps do. */
const PAGE = `<!doctype html><html lang="en"><title>A page of one's own</title><link rel="icon" href="data:,">
  <script type="importmap">{ "imports": { "groundwork-planner/engine": "./package/engine.js" } }</script>
  <script type="module">
    import * as engine from "groundwork-planner/engine";
    self.engine = engine;
    self.sample = Uint8Array.from(atob("${SAMPLE}"), (letter) => letter.charCodeAt(0));
  </script>`;

const own = test.extend({
  /** The page, with the package beside it. */
  page: async ({ page }, use) => {
    const server = await serve(0, { root: join(DIST, "npm/"), subPath: "/docs/package/", pages: { "/docs/": PAGE } });
    const requests = [];
    page.on("request", (request) => requests.push(new URL(request.url()).pathname));
    page.requests = requests;
    // The tab of the fixtures may go nowhere but to its own server.
    await page.goto(server.url.replace("package/", ""));
    await page.waitForFunction(() => self.engine);
    await use(page);
    await server.close();
  },
  faults: async ({}, use) => use([]),
});

own("the sample is imported, planned and costed as in the app, and the page never waits", async ({ page, sample }) => {
  const result = await page.evaluate(async () => {
    let longest = 0;
    let before = performance.now();
    const clock = setInterval(() => {
      longest = Math.max(longest, performance.now() - before);
      before = performance.now();
    }, 10);
    const { project, notes } = await engine.import([new File([self.sample], "Sample estate.xlsx")]);
    const planned = await engine.plan(project);
    const costed = await engine.cost(project);
    const again = await engine.plan(JSON.stringify(project), { scenario: "Plan A" });
    clearInterval(clock);
    return { project, notes, planned, costed, again: again.outcome.plan_hash, longest };
  });
  const { project, planned, costed } = result;
  expect(project.project.estate).toEqual(JSON.parse(sample.text).project.estate);
  expect(project.project.scenarios).toEqual(JSON.parse(sample.text).project.scenarios);
  expect(result.notes).toEqual([]);
  // The total as the page Cost writes it.
  const units = Math.round(costed.total / 1e6).toLocaleString("en-US");
  expect(sample.total).toContain(units);
  expect(costed).toMatchObject({ currency: "USD", plan_hash: planned.outcome.plan_hash, confidence: null });
  expect(planned.outcome.plan.cost).toBe(costed.total);
  expect(planned.outcome.plan_hash).toMatch(/^[0-9a-f]{64}$/);
  expect(result.again).toBe(planned.outcome.plan_hash);
  console.log(`longest wait of the page: ${Math.round(result.longest)} ms; requests: ${page.requests.join(" ")}`);
  expect(result.longest).toBeLessThan(1000);
  // What it loaded lies in the folder of the package.
  const loaded = page.requests.filter((path) => path !== "/docs/");
  expect(loaded.every((path) => /^\/docs\/package\/(engine\.js|engine\/(engine-worker\.js|engine\.js|engine_bg\.wasm|engine-shared\.wasm|intake\.wasm|extras\.wasm|catalog\/[\w-]+\.pack))$/.test(path)), loaded.join(" ")).toBe(true);
});

own("a plan that was kept is checked again, and one that was changed is refused", async ({ page }) => {
  const results = await page.evaluate(async () => {
    const { project } = await engine.import([new File([self.sample], "Sample estate.xlsx")]);
    const planned = await engine.plan(project, { steps: 20 });
    const of = (kept, options) => engine.check(project, kept, options).then(({ accepted, violations, plan_hash }) => ({ accepted, violations, plan_hash }), ({ message }) => message);
    const results = { hash: planned.outcome.plan_hash, object: await of(planned), text: await of(JSON.stringify(planned), { scenario: "Plan A" }) };
    planned.outcome.plan.assignments.pop();
    return { ...results, changed: await of(planned), nothing: await of({}), text_of_nothing: await of("[]") };
  });
  const accepted = { accepted: true, violations: [], plan_hash: results.hash };
  expect(results.object).toEqual(accepted);
  expect(results.text).toEqual(accepted);
  expect(results.changed.accepted).toBe(false);
  expect(results.changed.violations[0]).toMatch(/^machine \w+ is missing/);
  expect(results.nothing).toMatch(/^The plan: /);
  expect(results.text_of_nothing).toMatch(/^The plan: /);
});

own("what is wrong is an error that says so", async ({ page }) => {
  const errors = await page.evaluate(async () => {
    const error = (call) => call.then(() => "no error", (error) => `${error.name}: ${error.message}`);
    const { project } = await engine.import({ name: "RVTools_tabvInfo.csv", content: "VM,Powerstate,Template,CPUs,Memory,Provisioned MiB,In Use MiB,Host,Cluster,Datacenter\napp,poweredOn,False,2,4096,40960,20480,esx,c,dc\n" });
    const newer = { ...project, schema_version: 999 };
    const errors = [
      await error(engine.import({ name: "a.csv", content: "a,b" })),
      await error(engine.import(7)),
      await error(engine.plan(undefined)),
      await error(engine.plan("{")),
      await error(engine.plan(newer)),
      await error(engine.plan(project, { scenario: "Plan Z" })),
      await error(engine.cost(project, { draws: "many" })),
    ];
    const planning = error(engine.plan(project, { steps: 100_000 }));
    setTimeout(() => engine.end(), 300);
    errors.push(await planning);
    engine.configure({ from: "./nowhere" });
    errors.push(await error(engine.plan(project)));
    engine.configure({ from: "./package/engine" });
    const { outcome } = await engine.plan(project);
    return [...errors, outcome.plan.assignments.length + outcome.plan.unplaced.length];
  });
  const expected = [/Nothing could be imported/, /a file is a File/, /project is missing/, /The project: .*JSON/, /newer Groundwork/, /options.scenario: there is no Plan Z; there are: Plan A/, /options.draws/, /was ended|no error/, /nowhere\/ does not run/];
  expect(errors.at(-1)).toBe(1);
  expected.forEach((pattern, index) => expect(errors[index]).toMatch(pattern));
});
