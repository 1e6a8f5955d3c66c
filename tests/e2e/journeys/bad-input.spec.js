// Files that are not what they should be: a message that says so, and nothing lost.
import { figure, openFiles, openSample } from "../app.js";
import { expect, test } from "../fixtures.js";

const OLE2 = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Array(600).fill(0)]);

const CASES = [
  ["an empty file", { name: "empty.xlsx", mimeType: "", buffer: Buffer.alloc(0) }, /empty\.xlsx.*empty/i],
  ["a text", { name: "notes.xlsx", mimeType: "", buffer: Buffer.from("not a workbook") }, /notes\.xlsx/],
  ["an old workbook", { name: "old.xlsx", mimeType: "", buffer: OLE2 }, /old\.xlsx/],
  ["an inventory without machines", { name: "RVTools_tabvHost.csv", mimeType: "", buffer: Buffer.from("Host,# CPU,# Cores,# Memory\nesx1,2,32,524288\n") }, /Nothing was imported/],
  ["a project that is none", { name: "other.json", mimeType: "", buffer: Buffer.from('{"a":1}') }, /Groundwork/],
  ["a project cut short", { name: "cut.json", mimeType: "", buffer: Buffer.from('{"schema_version":1,') }, /JSON/],
];

for (const [what, file, message] of CASES) {
  test(`${what} is refused with a message, and the estate stays`, async ({ page }) => {
    await openSample(page);
    const before = await figure(page, "Machines");
    await openFiles(page, file);
    await expect(page.getByRole("alert").filter({ hasText: message })).toBeVisible();
    expect(await figure(page, "Machines")).toEqual(before);
  });
}
