// Measures prices, ledgers and draws in a worker of a real browser: `node bench_money.mjs <folder>`, where the folder holds the module that wasm-bindgen wrote
// (target `no-modules`). Prints each figure beside its target. `cargo xtask bench money` calls it.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { LAUNCH_OPTIONS } from "./browser.mjs";

const folder = process.argv[2];
const script = await readFile(join(folder, "placement_wasm.js"), "utf8");
const module = await readFile(join(folder, "placement_wasm_bg.wasm"));

const worker = `${script}
onmessage = async ({ data }) => {
  try {
    await wasm_bindgen({ module_or_path: await WebAssembly.compile(data) });
    // The first time the browser still compiles; what counts is how it goes on.
    wasm_bindgen.money_figures();
    postMessage(wasm_bindgen.money_figures());
  } catch (error) {
    postMessage(JSON.stringify({ error: String(error) }));
  }
};`;

const browser = await chromium.launch(LAUNCH_OPTIONS);
const page = await browser.newPage();
await page.goto("about:blank");
const figures = await page.evaluate(
  ([worker, module]) =>
    new Promise((resolve, reject) => {
      const engine = new Worker(URL.createObjectURL(new Blob([worker], { type: "text/javascript" })));
      engine.onmessage = ({ data }) => resolve(JSON.parse(data));
      engine.onerror = (event) => reject(new Error(event.message));
      engine.postMessage(Uint8Array.from(atob(module), (letter) => letter.charCodeAt(0)));
    }),
  [worker, module.toString("base64")],
);
await browser.close();
if (figures.error) throw new Error(figures.error);
for (const [what, milliseconds, target] of figures) {
  const beside = target === null ? "" : `   target ${target} ms`;
  console.log(`${what.padEnd(44)} ${milliseconds.toFixed(1).padStart(8)} ms${beside}`);
}
