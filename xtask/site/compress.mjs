// Compressed copies beside the files, for hosts that serve them (nginx: `gzip_static` and `brotli_static`); others never look at them.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { filesOf } from "./tools.mjs";

// The rest is compressed already, or is opened from disk.
const WORTHWHILE = /\.(css|html|js|json|svg|wasm|webmanifest)$/;

/** Writes `x.br` and `x.gz` beside every file that they make smaller. */
export function compressAll(dist) {
  for (const name of filesOf(dist)) {
    if (/\.(br|gz)$/.test(name)) rmSync(join(dist, name));
  }
  for (const name of filesOf(dist)) {
    if (!WORTHWHILE.test(name) || name === "groundwork.html" || name.startsWith("npm/")) continue;
    const path = join(dist, name);
    const content = readFileSync(path);
    const copies = [
      [`${path}.gz`, gzipSync(content, { level: 9 })],
      [`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } })],
    ];
    for (const [copy, bytes] of copies) {
      if (bytes.length < content.length - 100) writeFileSync(copy, bytes);
    }
  }
}
