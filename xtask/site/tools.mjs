// What the steps after Trunk share: files of the build, esbuild, hashes.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The top of the repository. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** All files below a directory, by their names relative to it with `/`, sorted. */
export function filesOf(directory, below = directory) {
  return readdirSync(below)
    .flatMap((name) => {
      const path = join(below, name);
      if (name.startsWith(".")) return [];
      return statSync(path).isDirectory() ? filesOf(directory, path) : [relative(directory, path).split(sep).join("/")];
    })
    .sort();
}

/** Makes JavaScript small. */
export function minify(code, ...options) {
  return execFileSync("esbuild", ["--minify", "--log-level=warning", ...options], { input: code, encoding: "utf8", maxBuffer: 1 << 28 }).trim();
}

/** Makes a script and what it imports one small script. */
export function bundle(path, ...options) {
  const args = [path, "--bundle", "--minify", "--log-level=warning", ...options];
  return execFileSync("esbuild", args, { encoding: "utf8", maxBuffer: 1 << 28 }).trim();
}

/** The hash of an inline script or style, as a content security policy names it. */
export function policyHash(text) {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** A short hash of a file, for its name: 16 hexadecimal digits. */
export function contentHash(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}

/** A text with one part replaced, which must be there. */
export function replaceOnce(text, part, replacement) {
  const parts = text.split(part);
  if (parts.length !== 2) throw Error(`expected once, found ${parts.length - 1} times: ${part}`);
  return parts[0] + replacement + parts[1];
}
