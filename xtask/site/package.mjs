// `npm/` of a build: the element and the engine as a package, for pages that are made with a bundler or by hand.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT, filesOf } from "./tools.mjs";
import { declarations } from "./types.mjs";

/** What the worker of the engine loads. */
const ENGINE = /^(engine-worker\.js|engine\.js|engine_bg\.wasm|engine-shared\.wasm|intake\.wasm|extras\.wasm|catalog\/.*\.pack)$/;

/** Writes the package of the build in `dist`. */
export function writePackage(dist, build) {
  const put = (name, content) => {
    const path = join(dist, "npm", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  };
  const source = join(ROOT, "static/npm");
  for (const name of readdirSync(source)) put(name, readFileSync(join(source, name)));
  put("engine.js", readFileSync(join(source, "engine.js"), "utf8").replace("BUILD_ID", JSON.stringify(build)));
  put("embed.js", readFileSync(join(dist, "embed.js")));
  for (const name of ["project", "plan"]) {
    put(`${name}.d.ts`, declarations(JSON.parse(readFileSync(join(ROOT, `docs/schema/${name}.schema.json`), "utf8"))));
  }
  for (const name of filesOf(dist).filter((name) => ENGINE.test(name))) put(join("engine", name), readFileSync(join(dist, name)));
  for (const name of ["LICENSE-APACHE", "LICENSE-MIT"]) copyFileSync(join(ROOT, name), join(dist, "npm", name));
}
