// Files that are not what they should be: a message that says so and what to do, the rest is read, and nothing is lost.
import { once } from "node:events";
import { createWriteStream, readFileSync } from "node:fs";
import { figure, openFiles, openSample } from "../app.js";
import { expect, test } from "../fixtures.js";

const data = (name) => ({ name, mimeType: "", buffer: readFileSync(new URL(`../../data/${name}`, import.meta.url)) });
const text = (name, content) => ({ name, mimeType: "", buffer: Buffer.from(content) });

const CASES = [
  ["an empty file", text("empty.xlsx", ""), /empty\.xlsx.*empty/i],
  ["a text", text("notes.xlsx", "not a workbook"), /notes\.xlsx/],
  ["an old workbook", data("old-excel.xls"), /old-excel\.xls is an old Excel workbook.*save it as \.xlsx/],
  ["an encrypted workbook", data("password.xlsx"), /password\.xlsx is encrypted.*remove the password/],
  ["an inventory without machines", text("RVTools_tabvHost.csv", "Host,# CPU,# Cores,# Memory\nesx1,2,32,524288\n"), /Nothing was imported/],
  ["a project that is none", text("other.json", '{"a":1}'), /Groundwork/],
  ["a project cut short", text("cut.json", '{"schema_version":1,'), /JSON/],
];

for (const [what, file, message] of CASES) {
  test(`${what} is refused with a message, and the estate stays`, async ({ page }) => {
    await openSample(page);
    const before = await figure(page, "Machines");
    await openFiles(page, file);
    // Files that may be inventories are asked about first.
    if (!file.name.endsWith(".json")) await page.getByRole("button", { name: "Replace it" }).click();
    await expect(page.getByRole("alert").filter({ hasText: message })).toBeVisible();
    expect(await figure(page, "Machines")).toEqual(before);
  });
}

const INFO = `VM,Powerstate,CPUs,Memory,Provisioned MiB,In Use MiB
app-1,poweredOn,4,8192,102400,51200
app-2,poweredOn,many,8192,102400,51200
app-3,poweredOn,2,-4096,102400,51200
app-1,poweredOn,4,8192,102400,51200
app-4,poweredOn,8,16384,204800,102400
`;
const DISKS = "VM,Disk\napp-1,Hard disk 1\n";

test("what is wrong in a file is told with its file, tab, row and column, and the rest is read", async ({ page }) => {
  await page.goto("./");
  await openFiles(page, [text("RVTools_tabvInfo.csv", INFO), text("RVTools_tabvDisk.csv", DISKS), data("old-excel.xls")]);
  await expect(page.locator(".kpis").first()).toBeVisible();
  expect((await figure(page, "Machines")).note).toMatch(/^4 in the files/);
  const findings = page.locator(".issues");
  for (const place of [
    "RVTools_tabvInfo.csv › vInfo, row 3, “CPUs”: many",
    "RVTools_tabvInfo.csv › vInfo, row 4, “Memory”: -4096",
    /^RVTools_tabvInfo\.csv › vInfo, row 5/,
    /^RVTools_tabvDisk\.csv › vDisk/,
    /^old-excel\.xls/,
  ]) {
    const finding = findings.locator("details").filter({ has: page.getByText(place) });
    await finding.locator("summary").first().click();
    await expect(finding.getByText(place).first()).toBeVisible();
  }
  await expect(findings.getByText("vDisk has no column Capacity MiB.")).toBeVisible();
  // What was read and what was passed over, tab by tab.
  await page.getByText("What was read of each file").click();
  const row = page.getByRole("region", { name: "What was read of each file" }).getByRole("row", { name: /^vInfo/ });
  await expect(row.getByRole("cell")).toHaveText(["5", "0", "6", "0"]);
});

test("an export of 200 MB is read", async ({ page }, info) => {
  const machines = 20_000;
  const file = info.outputPath("RVTools_tabvInfo.csv");
  const out = createWriteStream(file);
  out.write("VM,Powerstate,CPUs,Memory,Provisioned MiB,In Use MiB,Annotation\n");
  const annotation = "moved twice, ".repeat(770).replaceAll(",", ";");
  for (let index = 0; index < machines; index += 1) {
    if (!out.write(`machine-${index},poweredOn,4,8192,102400,51200,${annotation}\n`)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  expect(out.bytesWritten).toBeGreaterThan(200e6);
  await page.goto("./");
  await openFiles(page, file);
  await expect(page.locator(".kpis").first()).toBeVisible({ timeout: 120_000 });
  expect((await figure(page, "Machines")).value).toBe("20,000");
  expect((await figure(page, "vCPU")).value).toBe("80,000");
});
