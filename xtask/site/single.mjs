// groundwork.html: everything in one file, to open by double click, to mail or to carry on a stick.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { decode, encode } from "../../static/single/base94.js";
import { unpack } from "../../static/single/lzma.js";
import { ENGINE_PARTS, bootScript, policy, takeApart } from "./page.mjs";
import { stored } from "./stored.mjs";
import { ROOT, bundle, filesOf, policyHash, replaceOnce } from "./tools.mjs";

/** The largest it may be, in bytes. */
const BUDGET = 3 * 1024 * 1024;

/** The text of the file, from the build in `dist`, the page as Trunk wrote it, and the names of the app's files. */
export async function singleFile(dist, trunkHtml, build, { js, wasm, ...parts }) {
  const read = (name) => readFileSync(join(dist, name));
  const { html, boot, text } = takeApart(trunkHtml);

  // Scripts from disk must be classic ones: a browser loads no module for a page without an origin.
  const glue = bundle(join(dist, js), "--format=iife", "--global-name=groundworkApp", '--define:import.meta.url=""', "--target=es2022");
  const unpacker = bundle(join(ROOT, "static/single/unpacker.js"), "--format=iife", "--target=es2022");
  const around = bundle(join(ROOT, "static/single/page.js"), "--format=iife", "--target=es2022", `--define:UNPACKER=${JSON.stringify(unpacker)}`);
  const script = [bootScript(text, build, null), glue, around].join("\n").replaceAll("</script", "<\\/script");
  const [link, sheet] = /<link rel="stylesheet" href="\.\/([^"]+)"[^>]*>/.exec(html) ?? [];
  const style = read(sheet).toString();
  const icon = /<link rel="icon"[^>]*>/.exec(html)[0];
  const favicon = `<link rel="icon" href="data:image/svg+xml;base64,${read("icon.svg").toString("base64")}" />`;

  // A block of one file, by its name, or of several that are needed together and have much in common.
  const one = (name, content) => ({ name, files: [[name, content]] });
  const below = (pattern) => filesOf(dist).filter((name) => pattern.test(name));
  const blocks = [
    one("app.wasm", read(wasm)),
    ...Object.entries(parts).map(([name, file]) => one(`${name}.wasm`, read(file))),
    { name: "engine", files: [["engine.wasm", read("engine_bg.wasm")], ...ENGINE_PARTS.map(([file]) => [file, read(file)])] },
    one("engine.js", Buffer.concat([read("engine.js"), readFileSync(join(ROOT, "static/single/worker.js"))])),
    { name: "catalog", files: below(/^catalog\/.*\.pack$/).map((name) => [name, read(name)]) },
    // What the zip of a workbook has packed cannot be packed better.
    ...below(/^sample\/.*\.xlsx$/).map((name) => one(name, stored(read(name)))),
    ...below(/^lang\/.*\.json$/).map((name) => one(name, read(name))),
  ];
  const texts = await packed(blocks.map(({ name, files }) => [name, Buffer.concat(files.map(([, content]) => content))]));
  const head = policy({ scripts: policyHash(script), styles: policyHash(style), connect: "'none'", workers: "blob:" });
  let result = html.replace(link, () => `<style>${style}</style>`).replace(icon, () => favicon);
  result = result.replace(/<link rel="(modulepreload|preload)"[^>]*>/g, "");
  const index = (files) => (files.length > 1 ? ` data-files='${JSON.stringify(files.map(([name, content]) => [name, content.length]))}'` : "");
  const inert = blocks.map(({ name, files }, at) => `<script type="text/plain" data-file="${name}"${index(files)}>${texts[at]}</script>`);
  result = result.replace(boot, () => [...inert, `<script>${script}</script>`].join("\n"));
  result = replaceOnce(result, "<head>", `<head>${head}`);
  if (Buffer.byteLength(result) > BUDGET) throw Error(`groundwork.html has ${Buffer.byteLength(result)} bytes, more than ${BUDGET}`);
  if (/(src|href)="(?!#|data:)/.test(result.replace(/<script[^]*?<\/script>/g, ""))) throw Error("groundwork.html refers to another file");
  return result;
}

/** The contents of files as text, as small as can be (`cargo xtask lzma`). */
async function packed(files) {
  const waiting = [...files.entries()];
  const texts = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [at, [name, content]] = next;
      const packing = spawn(process.env.XTASK, ["lzma"], { stdio: ["pipe", "pipe", "inherit"] });
      packing.stdin.end(content);
      const [bytes, code] = await Promise.all([buffer(packing.stdout), new Promise((resolve) => packing.on("close", resolve))]);
      if (code !== 0) throw Error(`${name} could not be packed`);
      texts[at] = encode(bytes);
      // By what the page does with it: nothing that it cannot read leaves here.
      if (!content.equals(unpack(decode(texts[at])))) throw Error(`${name} is not unpacked as it was packed`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return texts;
}
