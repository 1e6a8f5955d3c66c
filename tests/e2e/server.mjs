// Serves dist/ under a sub-path, as a static host of somebody else would: no fallback to index.html, the right types, nothing outside dist/.
// `node server.mjs [port]` serves until it is interrupted.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const SUB_PATH = "/some/sub/path/";

export const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** The file of dist/ that a request means, or null. */
async function fileFor(url, { subPath, root }) {
  const path = decodeURIComponent(new URL(url, "http://host").pathname);
  if (!path.startsWith(subPath)) return null;
  const name = path.slice(subPath.length).replace(/(^|\/)$/, "$1index.html");
  const file = normalize(join(root, name));
  if (!file.startsWith(root.endsWith(sep) ? root : root + sep)) return null;
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? { file, size: found.size } : null;
}

/** The smallest copy beside a file that the browser takes, or null. */
async function packedCopy(path, accepted) {
  for (const [encoding, ending] of [["br", ".br"], ["gzip", ".gz"]]) {
    const found = accepted.includes(encoding) && (await stat(path + ending).catch(() => null));
    if (found) return { file: path + ending, encoding, size: found.size };
  }
  return null;
}

async function answer(request, response, options) {
  options.requests.push(request.url.slice(options.subPath.length));
  const made = options.pages[new URL(request.url, "http://host").pathname];
  if (made !== undefined) {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(made);
    return;
  }
  const found = await fileFor(request.url, options);
  if (!found) {
    response.writeHead(404, { "content-type": "text/plain" }).end("not found");
    return;
  }
  const packed = options.packed && (await packedCopy(found.file, request.headers["accept-encoding"] ?? ""));
  response.writeHead(200, {
    "content-type": options.types[extname(found.file)] ?? "application/octet-stream",
    "content-length": packed?.size ?? found.size,
    "cache-control": "no-cache",
    ...(packed && { "content-encoding": packed.encoding, vary: "accept-encoding" }),
    ...options.headers,
  });
  // A test that is over takes its files away, whatever is still being asked for.
  const file = createReadStream(packed?.file ?? found.file);
  file.on("error", () => response.destroy()).pipe(response);
}

/**
 * Starts the server on a port of its own choice (or the given one). Resolves to `{ url, requests, close }`, the second being what was asked for so far.
 * Options: `subPath`, `root` (the directory), `types` (other types for some endings, null for none), `headers` (more of them), `pages` (made up, by path),
 * `packed` (compressed copies where there are any).
 */
export function serve(port = 0, { subPath = SUB_PATH, root = DIST, types = {}, headers = {}, pages = {}, packed = false } = {}) {
  const options = { subPath, root, types: { ...TYPES, ...types }, headers, pages, packed, requests: [] };
  const server = createServer((request, response) => {
    answer(request, response, options).catch((error) => response.writeHead(400).end(String(error)));
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const url = `http://127.0.0.1:${server.address().port}${subPath}`;
      const close = () =>
        new Promise((done) => {
          server.close(done);
          server.closeAllConnections();
        });
      resolve({ url, requests: options.requests, close });
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await serve(Number(process.argv[2] ?? 4173));
  console.log(url);
}
