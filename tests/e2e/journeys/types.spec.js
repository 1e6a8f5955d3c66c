// The types of the package compile, with a page that uses all of them; `types/page.ts` says which mistakes they find.
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "../fixtures.js";
import { DIST } from "../server.mjs";

const TYPES = fileURLToPath(new URL("../types/", import.meta.url));
const TSC = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));

for (const resolution of ["bundler", "node16"]) {
  test(`the types of the package compile where modules are found as ${resolution} finds them`, async () => {
    const work = mkdtempSync(join(tmpdir(), "groundwork-types-"));
    try {
      mkdirSync(join(work, "node_modules"));
      symlinkSync(join(DIST, "npm"), join(work, "node_modules/groundwork-planner"));
      copyFileSync(join(TYPES, "page.ts"), join(work, "page.mts"));
      const module = resolution === "bundler" ? "esnext" : "node16";
      // The declarations are checked too, not only what is used of them.
      const options = ["--strict", "--noEmit", "--target", "es2022", "--lib", "es2022,dom,dom.iterable", "--types", ""];
      const run = promisify(execFile)(process.execPath, [TSC, ...options, "--module", module, "--moduleResolution", resolution, "page.mts"], { cwd: work });
      expect(await run.then(() => "", ({ stdout, stderr, message }) => stdout + stderr || message)).toBe("");
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
}
