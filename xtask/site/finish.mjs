// The last step of `cargo xtask build`, after Trunk: `node finish.mjs <directory of the build> <id of the build> <directory of the app in parts>`.
// Makes of it what any static host can serve: the page with its policy, the parts that are loaded now and then, the copy for use without network,
// the single file, and compressed copies for hosts that use them.
import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compressAll } from "./compress.mjs";
import { ENGINE_PARTS, page, takeApart } from "./page.mjs";
import { serviceWorker } from "./offline.mjs";
import { writePackage } from "./package.mjs";
import { singleFile } from "./single.mjs";
import { ROOT, bundle, contentHash, minify } from "./tools.mjs";

const [dist, build, parts] = process.argv.slice(2);
const at = (name) => join(dist, name);

// Both modules in parts, in the place of the whole that Trunk wrote, each part with the files it needs. The app's names change with the content, so that a
// browser may keep the files.
// Those scripts are made small here: Trunk's own minifier breaks what wasm-bindgen writes.
const filesOfParts = (main) => JSON.parse(readFileSync(join(parts, main, "parts.json"), "utf8"));
for (const main of ["app", "engine"]) {
  const loader = readFileSync(join(ROOT, "xtask/site/part.js"), "utf8").replaceAll("MAIN", main);
  const loaders = Object.entries(filesOfParts(main)).map(([name, files]) => `export const __wasm_split_load_${name} = part(${JSON.stringify(files).slice(1, -1)});\n`);
  writeFileSync(join(parts, main, "__wasm_split.js"), loader + loaders.join(""));
  // wasm-bindgen names the loader once for each function of it, under one key of one object.
  const script = join(parts, main, `${main}.js`);
  writeFileSync(script, readFileSync(script, "utf8").replace(/( *"\.\/__wasm_split\.js": \w+,\n)+/, "$1"));
}
const trunkHtml = readFileSync(at("index.html"), "utf8");
const whole = takeApart(trunkHtml);
rmSync(at(whole.js));
rmSync(at(whole.wasm));
const put = (content, name, ending) => {
  const named = `${name}-${contentHash(content)}.${ending}`;
  writeFileSync(at(named), content);
  return named;
};
const app = {
  js: put(bundle(join(parts, "app/app.js"), "--format=esm", "--target=es2022") + "\n", "app", "js"),
  wasm: put(readFileSync(join(parts, "app/app.wasm")), "app", "wasm"),
  ...Object.fromEntries(Object.values(filesOfParts("app")).flat().map((name) => [name, put(readFileSync(join(parts, `app/${name}.wasm`)), name, "wasm")])),
};
// A worker of an older browser, and that of a page from disk, is a classic script.
const engine = bundle(join(parts, "engine/engine.js"), "--format=iife", "--global-name=engine", '--define:import.meta.url=""', "--target=es2022");
writeFileSync(at("engine.js"), `${engine}\nvar wasm_bindgen=engine.default;\n`);
copyFileSync(join(parts, "engine/engine.wasm"), at("engine_bg.wasm"));
writeFileSync(at("engine-worker.js"), `${minify(readFileSync(at("engine-worker.js"), "utf8"))}\n`);
for (const [file, name] of ENGINE_PARTS) copyFileSync(join(parts, `engine/${name}.wasm`), at(file));
const index = page(trunkHtml, build, app);

// Each with what it imports, so that it is one request; what only others import is no file of its own.
const LAZY = join(ROOT, "static/lazy");
const SCRIPTS = ["crash.js", "embed.js", "frame.js", "language.js", "link.js", "offline.js", "picture.js", "share.js", "sw-off.js", "tabs.js"];
for (const name of readdirSync(LAZY)) {
  if (SCRIPTS.includes(name)) writeFileSync(at(name), bundle(join(LAZY, name), "--format=esm", "--target=es2022") + "\n");
  else rmSync(at(name), { force: true });
}
const OFFLINE = join(ROOT, "static/offline");
for (const name of readdirSync(OFFLINE)) {
  if (name !== "sw.js") copyFileSync(join(OFFLINE, name), at(name));
}

writePackage(dist, build);

writeFileSync(at("groundwork.html"), await singleFile(dist, trunkHtml, build, app));
writeFileSync(at("index.html"), index);
writeFileSync(at("sw.js"), serviceWorker(dist, build));
compressAll(dist);
if (existsSync(at(".stage"))) rmSync(at(".stage"), { recursive: true });
