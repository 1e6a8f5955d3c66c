// How every script of this directory starts the browser.
import { existsSync } from "node:fs";

/** The browser that xtask found, or the one of a Debian-like system. */
const executablePath = [process.env.CHROME, "/usr/bin/chromium"].find((path) => path && existsSync(path));

/** Options of Playwright's `chromium.launch`. The browser must make no request of its own. Without a path Playwright takes its own browser. */
export const LAUNCH_OPTIONS = {
  executablePath,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
  ],
};
