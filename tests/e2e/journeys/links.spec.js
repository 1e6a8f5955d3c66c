// Sharing by a link: it holds the project, opens beside the visitor's own, and hostile ones do no harm.
import { deflateRawSync } from "node:zlib";
import { figure, go, openFiles, openSample, saved, totalOf } from "../app.js";
import { expect, test } from "../fixtures.js";

// Totals are compared with those of other places, which look as long as usual.
test.use({ steps: null });

const linkOf = (text) => `#p1:${deflateRawSync(text).toString("base64url")}`;

/** Types in an estate of its own size and waits until it is stored. */
async function typeIn(page, machines) {
  await page.goto("./");
  await page.getByRole("button", { name: "Type in totals…" }).click();
  const dialog = page.getByRole("dialog", { name: "Type in an estate" });
  await dialog.getByRole("spinbutton", { name: "Machines", exact: true }).fill(String(machines));
  await dialog.getByRole("spinbutton", { name: "Machines", exact: true }).press("Tab");
  await dialog.getByRole("button", { name: "Use this estate" }).click();
  await expect(page.locator(".kpis").first()).toBeVisible();
}

/** The link that the dialogue makes, and what it says of it. */
async function share(page, { anonymous = false } = {}) {
  await page.getByRole("button", { name: "Share…" }).click();
  const dialog = page.getByRole("dialog", { name: "Share this project" });
  if (anonymous) await dialog.getByRole("checkbox").check();
  await expect(dialog.getByRole("status")).toContainText("characters", { timeout: 30_000 });
  const link = await dialog.getByLabel("Link").inputValue();
  const verdict = await dialog.getByRole("status").innerText();
  await dialog.getByRole("button", { name: "Close" }).click();
  return { link, verdict };
}

test("a link opens the same plan, and leaves the visitor's own project alone", async ({ page, browser, server }) => {
  await typeIn(page, 60);
  await go(page, "Cost");
  const total = await totalOf(page);
  const { link } = await share(page);
  const made_up = await share(page, { anonymous: true });
  expect(link.length).toBeLessThan(8000);

  const visitor = await browser.newContext({ baseURL: server.url, serviceWorkers: "block" });
  const other = await visitor.newPage();
  await typeIn(other, 25);
  await go(other, "Cost");
  const own = await totalOf(other);
  await saved(other);
  expect(own).not.toBe(total);
  for (const shared of [link, made_up.link]) {
    await other.goto(shared);
    await expect(other.getByText("came in a link")).toBeVisible();
    await go(other, "Cost");
    expect(await totalOf(other)).toBe(total);
    // A reload keeps it, with what was changed.
    await saved(other);
    await other.reload();
    expect(await totalOf(other)).toBe(total);
  }
  await other.goto("./#/cost");
  expect(await totalOf(other)).toBe(own);

  // Pasted into the address of an open tab.
  await other.evaluate((hash) => (location.hash = hash), new URL(link).hash);
  await expect(other.getByText("came in a link")).toBeVisible();
  await other.getByRole("button", { name: "Back to my project" }).click();
  await go(other, "Cost");
  expect(await totalOf(other)).toBe(own);
  await visitor.close();
});

test("a project of several hundred machines fits into a long link, one of thousands is shared as a file", async ({ page, browser, server, sample }) => {
  await openSample(page);
  const { link, verdict } = await share(page, { anonymous: true });
  expect(link.length > 8_000 && link.length <= 32_000, `${link.length} characters`).toBe(true);
  expect(verdict).toMatch(/some mail and chat programs cut/);
  const other = await browser.newPage({ serviceWorkers: "block" });
  await other.goto(server.url + new URL(link).hash);
  await expect(other.getByText("came in a link")).toBeVisible();
  await go(other, "Cost");
  expect((await totalOf(other)) === sample.total).toBe(true);
  await other.close();

  let text = "VM,Powerstate,Template,CPUs,Memory,Provisioned MiB,In Use MiB,Host,Cluster,Datacenter\n";
  for (let index = 0; index < 3000; index += 1) text += `vm-${index * 7919},poweredOn,False,${(index % 7) + 1},${4096 + index},${40960 + index * 17},20480,esx-${index % 60},cluster-1,dc\n`;
  await openFiles(page, { name: "RVTools_tabvInfo.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "Replace it" }).click();
  await expect.poll(async () => (await figure(page, "Machines")).value).toBe("3,000");
  const large = await share(page);
  expect(large.link).toBe("");
  expect(large.verdict).toMatch(/Share it as a file/);
});

const CASES = [
  ["of a newer version", "#p2:AAAA", /newer version/],
  ["cut short", () => linkOf('{"schema_version":2,"app":"groundwork","project":{"name":"x"}}').slice(0, 30), /damaged|JSON/],
  ["with strange letters", "#p1:%3Cscript%3E", /damaged/],
  ["empty", "#p1:", /damaged/],
  ["that is no project", () => linkOf('{"a":1}'), /Groundwork/],
  ["of a newer file", () => linkOf('{"schema_version":999,"app":"groundwork","project":{}}'), /newer/],
  ["that unpacks to 100 MB", () => linkOf(Buffer.alloc(100 * 1024 * 1024)), /unpacks to far more|too long/],
  ["of 3 MB of blanks", () => linkOf(" ".repeat(3 * 1024 * 1024)), /JSON/],
  ["that makes much of little", () => linkOf(JSON.stringify({ schema_version: 2, app: "groundwork", project: { estate: { machines: { "|": 100_000, ["x".repeat(100_000)]: Array(100_000).fill(1) } } } })), /machines|list|sequence/],
  ["with columns of different lengths", () => linkOf('{"schema_version":2,"app":"groundwork","project":{"estate":{"machines":{"|":2,"name":["a"]}}}}'), /machines|list|sequence/],
];

test("a broken or hostile link is refused with a message, and the visitor's own project stays", async ({ page, faults }) => {
  await typeIn(page, 60);
  await saved(page);
  const address = page.url().split("#")[0];
  for (const [what, hash, message] of CASES) {
    await page.goto("about:blank");
    await page.goto(address + (typeof hash === "function" ? hash() : hash));
    await expect(page.locator(".notice").filter({ hasText: message }), `a link ${what}`).toBeVisible({ timeout: 30_000 });
  }
  await page.getByRole("button", { name: "Open my project" }).click();
  await expect(page.locator(".kpis").first()).toBeVisible();
  expect((await figure(page, "Machines")).value).toBe("60");
  // The page was left while it was still loading.
  faults.splice(0, faults.length, ...faults.filter((fault) => !fault.includes("ERR_ABORTED")));
});
