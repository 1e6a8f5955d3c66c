// Lets Lighthouse judge the first page, as a phone on a slow network has it, and prints each score with what keeps it below 100. It judges; nothing fails.
// Run it with `cargo xtask bench lighthouse`.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { LAUNCH_OPTIONS } from "./browser.mjs";
import { serve } from "./server.mjs";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

const server = await serve(0, { packed: true });
try {
  const { stdout } = await promisify(execFile)(
    "lighthouse",
    [
      server.url,
      "--quiet",
      "--output=json",
      `--only-categories=${CATEGORIES.join(",")}`,
      `--chrome-flags=--headless=new ${LAUNCH_OPTIONS.args.join(" ")}`,
    ],
    { maxBuffer: 1 << 26, env: { ...process.env, CHROME_PATH: LAUNCH_OPTIONS.executablePath ?? process.env.CHROME_PATH ?? "" } },
  );
  const report = JSON.parse(stdout);
  for (const id of CATEGORIES) {
    const category = report.categories[id];
    console.log(`${category.title.padEnd(16)}${String(Math.round(category.score * 100)).padStart(4)}   target 100`);
    for (const { id, weight } of category.auditRefs) {
      const audit = report.audits[id];
      if (weight > 0 && audit.score !== null && audit.score < 1) {
        console.log(`    ${Math.round(audit.score * 100)}  ${audit.title}${audit.displayValue ? `: ${audit.displayValue}` : ""}`);
      }
    }
  }
} finally {
  await server.close();
}
