// Answers the tasks of the placement benchmark in a worker of a real browser: `node bench_placement.mjs <folder>`, where the folder holds tasks.json, the
// instances, and the module that wasm-bindgen wrote (target `no-modules`). Writes browser.json beside them. `cargo xtask bench placement` calls it.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { LAUNCH_OPTIONS } from "./browser.mjs";

const folder = process.argv[2];
const tasks = JSON.parse(await readFile(join(folder, "tasks.json"), "utf8"));
const script = await readFile(join(folder, "placement_wasm.js"), "utf8");
const module = await readFile(join(folder, "placement_wasm_bg.wasm"));

const worker = `${script}
onmessage = async ({ data }) => {
  try {
    await wasm_bindgen({ module_or_path: await WebAssembly.compile(data.module) });
    // And a moment for the browser to translate what was practised.
    wasm_bindgen.practise();
    await new Promise((done) => setTimeout(done, 1000));
    postMessage(wasm_bindgen.answer(data.file, data.text, data.limit));
  } catch (error) {
    postMessage(JSON.stringify({ error: String(error) }));
  }
};`;

const browser = await chromium.launch(LAUNCH_OPTIONS);
const page = await browser.newPage();
await page.goto("about:blank");

/** A worker for each task, so that none finds the memory of another. */
const answer = (task, text, limit) =>
  page.evaluate(
    ([worker, module, file, text, limit]) =>
      new Promise((resolve, reject) => {
        const url = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }));
        const engine = new Worker(url);
        engine.onmessage = ({ data }) => {
          engine.terminate();
          URL.revokeObjectURL(url);
          resolve(data);
        };
        engine.onerror = (event) => reject(new Error(event.message));
        const bytes = Uint8Array.from(atob(module), (letter) => letter.charCodeAt(0));
        engine.postMessage({ module: bytes, file, text, limit });
      }),
    [worker, module.toString("base64"), task.file, text, limit],
  );

const runs = [];
const count = tasks.reduce((sum, task) => sum + task.limits.length, 0);
for (const task of tasks) {
  const text = await readFile(join(folder, task.file), "utf8");
  for (const limit of task.limits) {
    const run = JSON.parse(await answer(task, text, limit));
    if (run.error) throw new Error(`${task.name}: ${run.error}`);
    runs.push({ by: "browser", name: task.name, limit, memory: null, ...run });
    if (runs.length % 50 === 0) console.log(`${runs.length} of ${count} in the browser`);
  }
}
await browser.close();
await writeFile(join(folder, "browser.json"), JSON.stringify(runs, null, 2));
