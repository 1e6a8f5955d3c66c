// Real documentation with a plan in it: what is in examples/docs, built by the generators that are there; and a page made with React.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { totalOf } from "../app.js";
import { expect, test, watch } from "../fixtures.js";
import { DIST, serve } from "../server.mjs";

// Totals are compared with those of other places, which look as long as usual.
test.use({ steps: null });

const EXAMPLES = fileURLToPath(new URL("../../../examples/docs/", import.meta.url));
// `cargo xtask test e2e` puts the generators from PyPI there.
const TOOLS = fileURLToPath(new URL("../../../.tools/docs/bin/", import.meta.url));

// Beside the journeys, for the page made with React.
const MODULES = fileURLToPath(new URL("../node_modules/", import.meta.url));

/** How each generator is called, where it wants the plan, and how it is switched to dark. */
const CASES = [
  { name: "plain", site: "." },
  { name: "mkdocs", command: ["mkdocs", "build", "--quiet"], site: "site", dark: () => (document.body.dataset.mdColorScheme = "slate") },
  { name: "sphinx", command: ["sphinx-build", "-q", ".", "site"], site: "site", dark: () => (document.body.dataset.theme = "dark") },
  { name: "mdbook", command: ["mdbook", "build"], site: "book", dark: () => document.documentElement.classList.replace("light", "navy") },
];

for (const { name, command, site, dark } of CASES) {
  test(`a plan in documentation made with ${name}`, async ({ browser, sample }) => {
    const work = mkdtempSync(join(tmpdir(), `groundwork-${name}-`));
    cpSync(join(EXAMPLES, name), work, { recursive: true });
    if (command) {
      const [program, ...args] = command;
      const path = existsSync(join(TOOLS, program)) ? join(TOOLS, program) : program;
      const built = spawnSync(path, args, { cwd: work, encoding: "utf8", env: { ...process.env, PYTHONPATH: "", NO_MKDOCS_2_WARNING: "1" } });
      test.skip(built.error?.code === "ENOENT", `${program} is not there`);
      expect(built.status, built.stdout + built.stderr).toBe(0);
    }
    const root = join(work, site) + "/";
    cpSync(DIST, join(root, "groundwork"), { recursive: true });
    cpSync(join(EXAMPLES, "plan.json"), join(root, "plan.json"));
    const server = await serve(0, { root, subPath: "/handbook/" });
    const context = await browser.newContext({ serviceWorkers: "block", locale: "en-GB", colorScheme: "light" });
    const faults = watch(context, new URL(server.url).origin);
    const page = await context.newPage();
    await page.goto(server.url);
    await expect(page.locator("groundwork-planner[data-ready]")).toBeVisible({ timeout: 30_000 });
    const frame = await (await page.locator("groundwork-planner iframe").elementHandle()).contentFrame();
    expect(await totalOf(frame)).toMatch(/\$[\d,]{6,}/);
    // And the sample, as in every other place.
    await page.evaluate((text) => document.querySelector("groundwork-planner").load(text), sample.text);
    // What else stands beside it depends on how wide the page is.
    const inAll = (total) => /\S+ in all/.exec(total)[0];
    await expect.poll(async () => inAll(await totalOf(frame)), { timeout: 60_000 }).toBe(inAll(sample.total));
    if (dark) {
      await page.evaluate(dark);
      await expect.poll(() => frame.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
    }
    // Not every theme has an icon.
    expect(faults.filter((fault) => !fault.includes("/favicon.ico"))).toEqual([]);
    await context.close();
    await server.close();
    rmSync(work, { recursive: true, force: true });
  });
}

test("a plan in a page made with React, which computes its total itself", async ({ browser }) => {
  const work = mkdtempSync(join(tmpdir(), "groundwork-react-"));
  cpSync(join(EXAMPLES, "react"), work, { recursive: true });
  cpSync(join(EXAMPLES, "plan.json"), join(work, "plan.json"));
  cpSync(DIST, join(work, "groundwork"), { recursive: true });
  // As npm leaves them.
  mkdirSync(join(work, "node_modules"));
  for (const name of ["react", "react-dom", "scheduler"]) symlinkSync(join(MODULES, name), join(work, "node_modules", name));
  symlinkSync(join(work, "groundwork/npm"), join(work, "node_modules/groundwork-planner"));
  const [program, ...args] = JSON.parse(readFileSync(join(work, "package.json"), "utf8")).scripts.build.split(" ");
  const built = spawnSync(program, args, { cwd: work, encoding: "utf8" });
  test.skip(built.error?.code === "ENOENT", `${program} is not there`);
  expect(built.status, built.stdout + built.stderr).toBe(0);
  const server = await serve(0, { root: work + "/", subPath: "/handbook/" });
  const context = await browser.newContext({ serviceWorkers: "block", locale: "en-GB" });
  const faults = watch(context, new URL(server.url).origin);
  const page = await context.newPage();
  await page.goto(server.url);
  await expect(page.locator("groundwork-planner[data-ready]")).toBeVisible({ timeout: 30_000 });
  const frame = await (await page.locator("groundwork-planner iframe").elementHandle()).contentFrame();
  const total = await totalOf(frame);
  await expect(page.locator("output")).toHaveText(/^[\d,]{6,} USD$/, { timeout: 60_000 });
  expect(total).toContain((await page.locator("output").innerText()).replace(" USD", ""));
  await page.getByRole("button", { name: "Other theme" }).click();
  await expect.poll(() => frame.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
  expect(faults).toEqual([]);
  await context.close();
  await server.close();
  rmSync(work, { recursive: true, force: true });
});

test("a plan in a page from disk", async ({ browser }) => {
  const work = mkdtempSync(join(tmpdir(), "groundwork-disk-"));
  cpSync(DIST, join(work, "groundwork"), { recursive: true });
  const plan = readFileSync(join(EXAMPLES, "plan.json"), "utf8").replaceAll("<", "\\u003c");
  const page = readFileSync(join(EXAMPLES, "plain/index.html"), "utf8").replace('src="plan.json"', 'src="#plan"');
  writeFileSync(join(work, "index.html"), page.replace("</body>", () => `<script type="application/json" id="plan">${plan}</script></body>`));
  const tab = await browser.newPage();
  await tab.goto(pathToFileURL(join(work, "index.html")).href);
  await expect(tab.locator("groundwork-planner[data-ready]")).toBeVisible({ timeout: 30_000 });
  const frame = await (await tab.locator("groundwork-planner iframe").elementHandle()).contentFrame();
  expect(await totalOf(frame)).toMatch(/\$[\d,]{6,}/);
  await tab.close();
  rmSync(work, { recursive: true, force: true });
});
