// What an estate is like, in pictures; and how its files come in: dropped on the page, one or several.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { figure, openSample } from "../app.js";
import { expect, test } from "../fixtures.js";

const card = (page, title) => page.getByRole("group", { name: title, exact: true });

/** A CSV of vInfo as RVTools writes it: machines of 2 vCPU and 8 GiB, by their names. */
const info = (vcenter, names) => {
  const row = (name, index) => `${name},poweredOn,False,2,8192,40960,20480,esx-1,Cluster ${vcenter},dc,vm-${index},uuid-${vcenter},Microsoft Windows Server 2012 (64-bit)`;
  return ["VM,Powerstate,Template,CPUs,Memory,Provisioned MiB,In Use MiB,Host,Cluster,Datacenter,VM ID,VI SDK UUID,OS according to the configuration file", ...names.map(row)].join("\n");
};

/** Drags files over the middle of the page and drops them there, as a mouse would. */
async function drop(page, files) {
  const data = await page.evaluateHandle((files) => {
    const data = new DataTransfer();
    for (const { name, type, base64 } of files) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      data.items.add(new File([bytes], name, { type }));
    }
    return data;
  }, files);
  const over = page.locator("body");
  await over.dispatchEvent("dragenter", { dataTransfer: data });
  await over.dispatchEvent("dragover", { dataTransfer: data });
  await expect(page.getByText("Drop inventory files or a project to open them")).toBeVisible();
  await over.dispatchEvent("drop", { dataTransfer: data });
  await expect(page.getByText("Drop inventory files or a project to open them")).toBeHidden();
}

const csv = (name, text) => ({ name, type: "text/csv", base64: Buffer.from(text).toString("base64") });

test("a workbook is dropped on the page", async ({ page }) => {
  const bytes = await readFile(fileURLToPath(new URL("../../../static/sample/groundwork-sample.xlsx", import.meta.url)));
  await page.goto("./");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await drop(page, [{ name: "RVTools export.xlsx", type: "application/octet-stream", base64: bytes.toString("base64") }]);
  await expect(page.locator(".kpis").first()).toBeVisible({ timeout: 30_000 });
  const dropped = await figure(page, "Machines");
  expect(Number(dropped.value.replace(",", ""))).toBeGreaterThan(100);
});

test("two files that are dropped together are one estate of two vCenters", async ({ page }) => {
  await page.goto("./");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await drop(page, [csv("north_tabvInfo.csv", info("north", ["a", "b"])), csv("south_tabvInfo.csv", info("south", ["a", "c", "d"]))]);
  await expect(page.locator(".kpis").first()).toBeVisible({ timeout: 30_000 });
  expect((await figure(page, "Machines")).value).toBe("5");
  await expect(page.getByText("2 files, 2 tabs")).toBeVisible();
  // What an inventory does not say is not drawn.
  const support = card(page, "Operating systems by end of support");
  await expect(support).toContainText("the inventory has no date");
  await expect(support).toContainText("Support has ended for 5 machines");
  await expect(card(page, "How full clusters are")).toHaveCount(0);
  await expect(card(page, "Idle and oversized machines")).toContainText("Nothing was measured");
});

test("of two exports of one vCenter every machine that stands twice is told, with both rows", async ({ page }) => {
  await page.goto("./");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const names = Array.from({ length: 30 }, (_, index) => `m-${index}`);
  await drop(page, [csv("one_tabvInfo.csv", info("north", names)), csv("two_tabvInfo.csv", info("north", [...names, "new"]))]);
  await expect(page.locator(".kpis").first()).toBeVisible({ timeout: 30_000 });
  expect((await figure(page, "Machines")).value).toBe("31");
  const finding = page.locator(".issue").filter({ hasText: "vInfo: 30 rows repeat another" });
  await finding.locator("summary").click();
  await expect(finding.locator(".places li")).toHaveCount(5);
  await finding.getByRole("button", { name: "All of them, and which counts…" }).click();
  const grid = page.getByRole("dialog").getByRole("grid");
  await expect(grid).toHaveAttribute("aria-rowcount", "31");
  const cells = await grid.locator(".vtable-window").getByRole("row").first().getByRole("gridcell").allInnerTexts();
  expect(cells[0]).toMatch(/^m-\d+$/);
  expect(new Set([cells[1], cells[3]]).size).toBe(2);
  expect(cells[2]).toBe(cells[4]);
});

test("a second drop is added to the estate or takes its place, as the answer says, and both can be undone", async ({ page }) => {
  await page.goto("./");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await drop(page, [csv("north_tabvInfo.csv", info("north", ["a", "b"]))]);
  await expect(page.locator(".kpis").first()).toBeVisible({ timeout: 30_000 });
  const machines = async () => (await figure(page, "Machines")).value;
  const question = page.getByRole("alertdialog", { name: "Add these files to the estate?" });
  const south = [csv("south_tabvInfo.csv", info("south", ["a", "c", "d"]))];

  await drop(page, south);
  await expect(question).toContainText("south_tabvInfo.csv");
  await page.keyboard.press("Escape");
  await expect(question).toHaveCount(0);
  expect(await machines()).toBe("2");

  await drop(page, south);
  await expect(question.getByRole("button", { name: "Add to this estate" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(machines).toBe("5");
  await page.keyboard.press("Control+z");
  await expect.poll(machines).toBe("2");

  await drop(page, south);
  await question.getByRole("button", { name: "Replace it" }).click();
  await expect.poll(machines).toBe("3");
  await page.keyboard.press("Control+z");
  await expect.poll(machines).toBe("2");

  // The same machines again are counted once, and one that is new is added.
  await drop(page, [csv("north-later_tabvInfo.csv", info("north", ["a", "b", "c"]))]);
  await question.getByRole("button", { name: "Add to this estate" }).click();
  await expect.poll(machines).toBe("3");
  const finding = page.locator(".issue").filter({ hasText: "2 machines of the files that were added were there already." });
  // Which they are, and whose word counts.
  await finding.locator("summary").click();
  await finding.getByRole("button", { name: "All of them, and which counts…" }).click();
  const dialog = page.getByRole("dialog", { name: "What counts of what is there twice" });
  const rows = dialog.locator(".vtable-window").getByRole("row");
  await expect(rows).toHaveCount(2);
  await expect(rows.first().getByRole("gridcell")).toHaveText([/^[ab]$/, /^north-later/, "–", /^north(?!-later)/, "–"]);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("the estate in pictures says what is old, what is full and what is wasted", async ({ page }) => {
  await openSample(page);
  for (const [title, sentence] of [
    ["Operating systems by end of support", /Support has ended for [\d,]+ machines?/],
    ["Storage by measure", /The largest measure is [\d.]+ times the smallest/],
    ["How full clusters are", /of \d+ clusters|use more than may be used/],
    ["Idle and oversized machines", /a single look, not a month of measurements/],
  ]) {
    await expect(card(page, title)).toContainText(sentence, { timeout: 30_000 });
  }
  // A mark is a sign and a word, not a colour alone.
  const support = card(page, "Operating systems by end of support");
  await expect(support.locator("svg[role=img] text", { hasText: "✕ Windows Server 2012" })).toBeVisible();
  await support.getByRole("button", { name: "Show as table" }).click();
  await expect(support.getByRole("row", { name: /^Windows Server 2012 / })).toContainText(/Support ended 2023-10; (paid updates until|updates ended) 2026-10/);
  // The measure that the plan counts is marked.
  await expect(card(page, "Storage by measure").locator("svg[role=img] text", { hasText: "◆ In use" })).toBeVisible();
  // The keyboard walks through the bars.
  const full = card(page, "How full clusters are");
  await full.locator("svg[role=img]").focus();
  await page.keyboard.press("ArrowDown");
  await expect(full.locator(".tooltip")).toContainText("To stay free");
  const table = page.getByRole("grid", { name: "Idle and oversized machines" });
  await expect(table.getByRole("gridcell").first()).toBeVisible();
});
