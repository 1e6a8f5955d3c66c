// What is kept in the browser: several projects, two tabs on one, no room, and a crash.
import { readFile } from "node:fs/promises";
import { figure, go, openSample, saved } from "../app.js";
import { expect, test } from "../fixtures.js";

const sheet = (page) => page.getByRole("dialog", { name: "Projects" });
const rows = (page) => sheet(page).getByRole("listitem");
const name = (page) => page.getByRole("banner").getByRole("textbox", { name: "Project name" });

async function openSheet(page) {
  await page.getByRole("button", { name: "Projects…" }).click();
  await expect(rows(page).first()).toBeVisible();
}

async function rename(page, text) {
  await name(page).fill(text);
  await name(page).press("Enter");
  await saved(page);
}

const names = (page) => rows(page).getByRole("textbox").evaluateAll((inputs) => inputs.map((input) => input.value));

test("several projects: begin, find, open, rename, duplicate, delete and bring back", async ({ page }) => {
  await openSample(page);
  await rename(page, "First");
  await page.getByRole("button", { name: "New", exact: true }).click();
  await expect(page.getByText("A new project. “First” stays among your projects")).toBeVisible();
  await page.getByRole("button", { name: "Try the sample estate" }).click();
  await expect(page.locator(".kpis").first()).toBeVisible({ timeout: 30_000 });
  await rename(page, "Second");

  await openSheet(page);
  expect(await names(page)).toEqual(["Second", "First"]);
  await expect(rows(page).first()).toContainText("On screen");
  await expect(rows(page).nth(1)).toContainText(/machines · stored today, \d/);
  await sheet(page).getByRole("textbox", { name: "Name of First" }).fill("Half typed");
  await page.keyboard.press("Escape");
  await expect(sheet(page).getByRole("textbox", { name: "Name of First" })).toHaveValue("First");
  await sheet(page).getByRole("textbox", { name: "Name of First" }).fill("Renamed");
  await page.keyboard.press("Enter");
  await sheet(page).getByRole("button", { name: "Duplicate Renamed" }).click();
  await expect(rows(page)).toHaveCount(3);
  expect((await names(page)).toSorted()).toEqual(["Renamed", "Renamed, copy", "Second"]);
  await sheet(page).getByRole("button", { name: "Delete Renamed", exact: true }).click();
  await expect(sheet(page).getByText("“Renamed” is deleted")).toBeVisible();
  await sheet(page).getByRole("button", { name: "Bring back Renamed" }).click();
  // What is half typed stays when the list is drawn again.
  const second = sheet(page).getByRole("textbox", { name: "Name of Second" });
  await second.fill("Half typed");
  await sheet(page).getByRole("button", { name: "Delete Renamed, copy" }).evaluate((button) => button.click());
  await expect(sheet(page).getByText("“Renamed, copy” is deleted")).toBeVisible();
  await expect(second).toHaveValue("Half typed");
  await second.press("Escape");
  await expect(second).toHaveValue("Second");

  // Another project comes with its own name, and a reload stays with it.
  await sheet(page).getByRole("button", { name: "Open Renamed" }).click();
  await expect(sheet(page)).toHaveCount(0);
  await expect(name(page)).toHaveValue("Renamed");
  const machines = await figure(page, "Machines");
  await page.reload();
  await expect(name(page)).toHaveValue("Renamed");
  expect(await figure(page, "Machines")).toEqual(machines);
  await openSheet(page);
  expect((await names(page)).toSorted()).toEqual(["Renamed", "Second"]);

  // The one on screen can be deleted too: an empty one takes its place.
  await sheet(page).getByRole("button", { name: "Delete Renamed" }).click();
  await expect(page.getByRole("button", { name: "Try the sample estate" })).toBeVisible();
});

test("the generation before comes back as a copy", async ({ page }) => {
  await openSample(page);
  await rename(page, "Kept");
  await page.reload();
  await go(page, "Footprints");
  await page.getByRole("button", { name: "+ Scenario" }).click();
  await saved(page);
  await openSheet(page);
  await sheet(page).getByRole("button", { name: /^Copy Kept as it was today/ }).click();
  await expect(rows(page)).toHaveCount(2);
  await sheet(page).getByRole("button", { name: "Open Kept, earlier" }).click();
  await expect(name(page)).toHaveValue("Kept, earlier");
  await expect(page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Compare", exact: true })).toBeVisible();
});

test("the one project of older versions is found", async ({ page, sample, faults }) => {
  const { project, ...head } = JSON.parse(sample.text);
  const { estate, report, ...inputs } = project;
  const parts = [{ ...head, project: inputs }, { ...head, project: { estate, report } }].map((part) => JSON.stringify(part));
  await page.goto("./icon.svg");
  await page.evaluate(async ([inputs, estate]) => {
    const opening = indexedDB.open("groundwork", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("parts");
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const transaction = opening.result.transaction("parts", "readwrite");
    const bytes = (text) => new TextEncoder().encode(text);
    transaction.objectStore("parts").put(bytes(estate), "estate/1");
    transaction.objectStore("parts").put([bytes(inputs), "estate/1"], "current");
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    opening.result.close();
  }, parts);
  // A picture alone has no icon of its own.
  expect(faults.splice(0).filter((fault) => !fault.includes("favicon.ico"))).toEqual([]);
  await page.goto("./");
  await expect(page.locator(".kpis").first()).toBeVisible({ timeout: 30_000 });
  await expect(name(page)).toHaveValue(project.name);
});

test("two tabs on one project: one writes, the other follows and can take over", async ({ page, context }) => {
  await openSample(page);
  await rename(page, "Shared");
  const other = await context.newPage();
  await other.goto("./");
  const banner = other.getByText("This project is open in another tab");
  await expect(banner).toBeVisible();
  await expect(page.getByText("This project is open in another tab")).toHaveCount(0);
  await expect(name(other)).toHaveValue("Shared");

  // What is tried there is refused, what is done here is shown there.
  await other.getByRole("button", { name: "+ Scenario" }).click();
  await expect(other.getByText("Another tab writes this project")).toBeVisible();
  await other.getByRole("button", { name: "Dismiss" }).click();
  await rename(page, "Shared and changed");
  await other.bringToFront();
  await expect(name(other)).toHaveValue("Shared and changed");

  await other.getByRole("button", { name: "Take over" }).click();
  await expect(banner).toHaveCount(0);
  await expect(page.getByText("This project is open in another tab")).toBeVisible();
  await rename(other, "Taken over");
  await page.bringToFront();
  await expect(name(page)).toHaveValue("Taken over");

  // When the writer goes, the other writes.
  await other.close();
  await expect(page.getByText("This project is open in another tab")).toHaveCount(0);
  await rename(page, "Alone again");
});

test("no room: said, explained, and a file is offered", async ({ page }) => {
  await openSample(page);
  await rename(page, "Too large");
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
  });
  await name(page).fill("Larger still");
  await name(page).press("Enter");
  await page.getByRole("button", { name: "Not stored" }).click();
  await expect(sheet(page).getByText("The browser has no room for this project")).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent("download"), sheet(page).getByRole("button", { name: "Save file" }).click()]);
  expect(download.suggestedFilename()).toBe("Larger still.groundwork.json");
});

test("a crash offers what is stored as a file, and to load again", async ({ page, faults }, info) => {
  await openSample(page);
  await rename(page, "Survivor");
  // A trap, as the app ends.
  await page.evaluate(() => {
    const trap = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11]);
    setTimeout(() => new WebAssembly.Instance(new WebAssembly.Module(trap)).exports.f());
  });
  const crash = page.getByRole("dialog", { name: "Groundwork has stopped" });
  await expect(crash.getByText(/“Survivor” was stored/)).toBeVisible();
  await expect(crash.getByRole("button", { name: "Load again" })).toBeFocused();
  await page.screenshot({ path: info.outputPath("crash.png") });
  const [download] = await Promise.all([page.waitForEvent("download"), crash.getByRole("button", { name: "Save it to a file" }).click()]);
  const file = info.outputPath("survivor.groundwork.json");
  await download.saveAs(file);
  expect(JSON.parse(await readFile(file, "utf8")).project.name).toBe("Survivor");
  expect(faults.splice(0).join()).toContain("unreachable");
  await crash.getByRole("button", { name: "Load again" }).click();
  await expect(name(page)).toHaveValue("Survivor");

  // The file is a project: opening it stands beside the one that is kept.
  await page.locator("input[type=file]").first().setInputFiles(file);
  await expect(page.getByText("Opened “Survivor”. “Survivor” stays among your projects")).toBeVisible();
});
