// The service worker of a build: its script, with the id and the files of the build before it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, filesOf, minify } from "./tools.mjs";

// Loaded by other pages, or instead of all others; never by the app.
const NOT_OF_THE_APP = ["sw.js", "sw-off.js", "embed.js", "groundwork.html", "build-id.txt", "sample/README.md"];

/** The files that the app may need, as it asks for them: those without a hash in their names with the id of the build. */
export function filesOfApp(dist, build) {
  const files = filesOf(dist).filter((name) => !NOT_OF_THE_APP.includes(name) && !/\.(br|gz)$/.test(name) && !name.startsWith("npm/"));
  const isNamed = (name) => /-[0-9a-f]{14,}/.test(name) || /\.(html|webmanifest|png|svg)$/.test(name);
  return files.map((name) => (isNamed(name) ? name : `${name}?v=${build}`));
}

/** The text of `sw.js`. */
export function serviceWorker(dist, build) {
  const script = readFileSync(join(ROOT, "static/offline/sw.js"), "utf8");
  const head = `const BUILD=${JSON.stringify(build)},FILES=${JSON.stringify(filesOfApp(dist, build))};`;
  return minify(head + script, "--target=es2022") + "\n";
}
