// Firefox and WebKit, driven through what comes with them: Marionette and WebKitWebDriver speak the same commands, one over a socket, one over HTTP.
// Playwright drives only builds of its own of these browsers, and the point is to try the ones that people have.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** A port that nobody listens on. */
export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Tries until it works. */
async function eventually(attempt, seconds) {
  for (const end = Date.now() + seconds * 1000; ; await pause(200)) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** What both browsers can do, from one function that sends a command. */
function driver(send, close) {
  const script = (kind) => async (body, ...args) => {
    const answer = await send(kind, { script: body, args });
    return answer && typeof answer === "object" && "value" in answer ? answer.value : answer;
  };
  return {
    goto: (url) => send("goto", { url }),
    /** Runs the body of a function; the last of its arguments is to be called with the result. */
    run: script("async"),
    /** Goes into a frame that `body` returns, or out to the page for null. */
    async enter(body) {
      const element = body === null ? null : await script("sync")(body);
      return send("frame", { id: element === null ? null : { [ELEMENT]: element[ELEMENT] } });
    },
    close,
  };
}

const TIMEOUTS = { script: 60_000, pageLoad: 60_000, implicit: 0 };

/** Starts Firefox; null where there is none. */
export async function firefox() {
  const program = [process.env.FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox"].find((path) => path && existsSync(path));
  if (!program) return null;
  const home = mkdtempSync(join(tmpdir(), "groundwork-firefox-"));
  const port = await freePort();
  // Nothing of its own to load, and no questions.
  const preferences = { "marionette.port": port, "app.update.disabledForTesting": true, "datareporting.policy.dataSubmissionEnabled": false, "browser.shell.checkDefaultBrowser": false };
  writeFileSync(join(home, "user.js"), Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`).join("\n"));
  const browser = spawn(program, ["--headless", "--marionette", "--no-remote", "--profile", home], { stdio: "ignore", env: { ...process.env, HOME: home, MOZ_HEADLESS_WIDTH: "1440" } });
  const socket = await eventually(
    () => new Promise((resolve, reject) => { const it = connect(port, "127.0.0.1", () => resolve(it)); it.once("error", reject); }),
    60,
  );
  let received = Buffer.alloc(0);
  const waiting = new Map();
  // Messages are `length:JSON`; the first one is a greeting.
  socket.on("data", (chunk) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const colon = received.indexOf(":");
      const length = Number(received.subarray(0, colon));
      if (colon < 0 || received.length < colon + 1 + length) return;
      const message = JSON.parse(received.subarray(colon + 1, colon + 1 + length).toString());
      received = received.subarray(colon + 1 + length);
      if (!Array.isArray(message)) continue;
      const [, id, error, result] = message;
      const { resolve, reject } = waiting.get(id) ?? {};
      waiting.delete(id);
      if (error) reject?.(Error(`${error.error}: ${error.message}`));
      else resolve?.(result);
    }
  });
  let next = 1;
  const command = (name, parameters) =>
    new Promise((resolve, reject) => {
      const id = next++;
      waiting.set(id, { resolve, reject });
      const text = JSON.stringify([0, id, name, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  await command("WebDriver:NewSession", {});
  await command("WebDriver:SetTimeouts", TIMEOUTS);
  const names = { goto: "WebDriver:Navigate", async: "WebDriver:ExecuteAsyncScript", sync: "WebDriver:ExecuteScript", frame: "WebDriver:SwitchToFrame" };
  return driver(
    // Scripts run in the page's own world.
    (kind, parameters) => command(names[kind], kind.includes("sync") ? { ...parameters, sandbox: null } : kind === "frame" ? { element: parameters.id?.[ELEMENT] ?? null, id: null } : parameters),
    async () => {
      socket.destroy();
      browser.kill();
      await pause(500);
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  );
}

/** Starts WebKit in the small browser that comes with WebKitGTK; null where there is none. */
export async function webkit() {
  if (!existsSync("/usr/bin/WebKitWebDriver") || spawnSync("Xvfb", ["-help"], { stdio: "ignore" }).error) return null;
  const port = await freePort();
  const display = `:${200 + (port % 500)}`;
  const home = mkdtempSync(join(tmpdir(), "groundwork-webkit-"));
  const screen = spawn("Xvfb", [display, "-screen", "0", "1440x900x24", "-nolisten", "tcp"], { stdio: "ignore" });
  const env = { ...process.env, DISPLAY: display, HOME: home, XDG_RUNTIME_DIR: home, WEBKIT_DISABLE_COMPOSITING_MODE: "1", WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1", GDK_BACKEND: "x11" };
  const program = spawn("/usr/bin/WebKitWebDriver", [`--port=${port}`], { stdio: "ignore", env });
  const request = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body), headers: { "content-type": "application/json" } });
    const { value } = await response.json();
    if (!response.ok) throw Error(`${value.error}: ${value.message}`);
    return value;
  };
  await eventually(() => request("GET", "/status"), 30);
  const { sessionId } = await eventually(() => request("POST", "/session", { capabilities: { alwaysMatch: {} } }), 30);
  const session = `/session/${sessionId}`;
  await request("POST", `${session}/timeouts`, TIMEOUTS);
  const paths = { goto: "url", async: "execute/async", sync: "execute/sync", frame: "frame" };
  return driver(
    (kind, parameters) => request("POST", `${session}/${paths[kind]}`, parameters),
    async () => {
      await request("DELETE", session).catch(() => {});
      program.kill();
      screen.kill();
      await pause(300);
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  );
}
