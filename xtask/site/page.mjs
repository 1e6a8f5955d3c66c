// The page of the hosted build: one small inline script that starts the app, and a content security policy that names it.
import { minify, policyHash, replaceOnce } from "./tools.mjs";

/**
 * The policy. A `<meta>` governs what follows it, so it comes first in the head.
 * `connect` is 'self' where the page must load its own files, and 'none' where it carries them.
 */
export function policy({ scripts, styles, connect, workers, manifest }) {
  const parts = [
    "default-src 'none'",
    `script-src ${scripts} 'wasm-unsafe-eval'`,
    `style-src ${styles}`,
    `connect-src ${connect}`,
    `worker-src ${workers}`,
    "img-src 'self' data: blob:",
    manifest && "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types default",
  ];
  return `<meta http-equiv="Content-Security-Policy" content="${parts.filter(Boolean).join("; ")}" />`;
}

/** What Trunk wrote, taken apart: the page without scripts, the text of `static/boot.js`, the names of the two files of the whole app. */
export function takeApart(html) {
  const [trunk, js, wasm] = /<script type="module">[^<]*from '\.\/([^']+\.js)'[^<]*module_or_path: '\.\/([^']+\.wasm)'[^<]*<\/script>/.exec(html) ?? [];
  if (!trunk) throw Error("index.html has not the script that Trunk writes; look at what has changed");
  const [boot, text] = /<script>([^<]*?)<\/script>/.exec(html.replace(trunk, "")) ?? [];
  if (!boot?.includes("self.groundwork")) throw Error("index.html has not the script of static/boot.js");
  return { html: html.replace(trunk, ""), boot, text, js, wasm };
}

/** The script around the app, small, for this build. */
export function bootScript(text, build, app) {
  return minify(text, `--define:BUILD_ID=${JSON.stringify(build)}`, `--define:APP=${JSON.stringify(app)}`, "--target=es2022");
}

/** The files that the engine loads when it needs them, and the parts that they are: what both others need, what reads inventories, and everything else. */
export const ENGINE_PARTS = [
  ["engine-shared.wasm", "shared"],
  ["intake.wasm", "intake"],
  ["extras.wasm", "extras"],
];

/** The page as it is served, with the names of the app's files. */
export function page(trunkHtml, build, app) {
  const { js, wasm } = app;
  const whole = takeApart(trunkHtml);
  const { boot, text } = whole;
  const html = whole.html.replaceAll(whole.js, js).replaceAll(whole.wasm, wasm);
  const script = bootScript(text, build, Object.fromEntries(Object.entries(app).map(([name, file]) => [name, `./${file}`])));
  const head = policy({ scripts: `'self' ${policyHash(script)}`, styles: "'self'", connect: "'self'", workers: "'self'", manifest: true });
  let result = html.replace(boot, () => `<script>${script}</script>`);
  result = replaceOnce(result, "<head>", `<head>${head}`);
  result = replaceOnce(result, "</title>", '</title><link rel="manifest" href="./manifest.webmanifest" />');
  // Indentation and empty lines are for people who read the source.
  return result.replace(/>\s+</g, ">\n<").replace(/\n\s+/g, "\n");
}
