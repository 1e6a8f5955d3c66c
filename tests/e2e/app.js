// What a person does in the app, as functions that the journeys share.
import { expect } from "@playwright/test";

/** A figure of the strip at the top of a page, by its label: `{ value, note }`. */
export async function figure(page, label) {
  const named = page.locator("dt", { hasText: new RegExp(`^${label}`) });
  const kpi = page.locator(".kpi", { has: named }).first();
  await expect(kpi).toBeVisible();
  const value = (await kpi.locator(".kpi-value").innerText()).trim();
  const note = (await kpi.locator(".kpi-note").innerText()).trim();
  return { value, note };
}

/** Goes to a page by the navigation. */
export async function go(page, name) {
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: new RegExp(`^${name}`) }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeAttached();
}

/** Waits until the plan of the present inputs is on screen. Works on Plan and Cost. */
export async function planned(page) {
  await expect(page.locator('.page[aria-busy="false"]')).toBeVisible({ timeout: 90_000 });
}

/** Waits until no better plan is looked for: what is on screen then stays. */
export async function settled(page) {
  await planned(page);
  await expect(page.getByText("Looking for a better plan")).toHaveCount(0, { timeout: 90_000 });
}

/** Waits until everything is stored in the browser. */
export async function saved(page) {
  await expect(page.getByRole("status").filter({ hasText: /^Saved$/ })).toBeVisible();
}

/** Gives files to the app as its file dialog would. */
export async function openFiles(page, files) {
  await page.locator("input[type=file]").first().setInputFiles(files);
}

/** Loads the built-in sample and waits for its figures. */
export async function openSample(page) {
  await page.goto("./");
  await page.getByRole("button", { name: "Try the sample estate" }).click();
  await expect(page.locator(".kpis").first()).toBeVisible({ timeout: 30_000 });
}

/** Adds hosts of a service in a region from the catalogue, and opens them to edit. */
export async function addHosts(page, service, region, type) {
  await page.getByRole("button", { name: "Add footprint" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a footprint" });
  await dialog.getByLabel("Service").selectOption(service);
  await dialog.getByLabel("Region").selectOption(region);
  await dialog.getByRole("radio", { name: type, exact: true }).check();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("button", { name: new RegExp(`^Edit ${service} ${type.replace(/[()]/g, "\\$&")}`) }).click();
  return page.getByRole("dialog", { name: /^Edit / });
}

/** The total of the sample's plan, in the app that is open in `page` (or in a frame). */
export async function totalOfSample(page) {
  await page.getByRole("button", { name: "Try the sample estate" }).click({ timeout: 30_000 });
  await expect(page.locator(".kpis").first()).toBeVisible({ timeout: 30_000 });
  await go(page, "Cost");
  return totalOf(page);
}

/** The total on the page Cost, once the plan is there. */
export async function totalOf(page) {
  await planned(page);
  // The table is drawn after the figures at the head of the page, in a task of its own.
  let total;
  await expect(async () => {
    const before = total;
    total = await page.getByTestId("ledger-total").first().innerText();
    expect(total).toBe(before);
  }).toPass({ intervals: [500], timeout: 30_000 });
  expect(total).toMatch(/\d/);
  // Engines differ in where they break the lines of a text.
  return total.replace(/\s+/g, " ").trim();
}

/** The pages, as they are called in the address. */
export const SLUGS = ["estate", "footprints", "rules", "plan", "cost", "timeline", "compare", "share"];

/** A price list that changes one price. */
const PRICES = {
  name: "mine.csv",
  mimeType: "text/csv",
  buffer: Buffer.from("what,id,region,amount,currency,per\ndisk_price,gp3,aws/us-east-1,0.05,USD,gib\n"),
};

/** Selects the first two machines of a table, where they are not selected yet, and does with them what a button says. */
async function withTwoMachines(page, table, button) {
  const rows = page.getByRole("grid", { name: table, exact: true }).locator(".vtable-window").getByRole("row");
  for (const at of [0, 1]) {
    if ((await rows.nth(at).getAttribute("aria-selected")) !== "true") await rows.nth(at).getByRole("gridcell").first().click();
  }
  await page.getByRole("button", { name: button }).first().click();
}

/** What opens a dialog, by the page on which it is. Escape closes it. */
export const DIALOGS = [
  { name: "the palette", slug: "cost", open: (page) => page.keyboard.press("Control+k") },
  { name: "the shortcuts", slug: "cost", open: (page) => page.keyboard.press("Control+/") },
  { name: "the projects", slug: "cost", open: (page) => page.getByRole("button", { name: "Projects…" }).click() },
  { name: "what else the money stands on", slug: "cost", open: (page) => page.getByRole("button", { name: "Moving data…" }).first().click() },
  { name: "a footprint to add", slug: "footprints", open: (page) => page.getByRole("button", { name: "Add footprint…" }).click() },
  { name: "all that is offered", slug: "footprints", open: (page) => page.getByRole("button", { name: "Browse the catalogue…" }).click() },
  { name: "a footprint to edit", slug: "footprints", open: (page) => page.getByRole("button", { name: /^Edit / }).first().click() },
  { name: "a machine", slug: "estate", open: (page) => page.getByRole("grid", { name: "Machines", exact: true }).getByRole("gridcell").nth(1).click() },
  { name: "several machines to change", slug: "estate", open: (page) => withTwoMachines(page, "Machines", "Change…") },
  { name: "rows to paste", slug: "estate", open: (page) => page.getByRole("button", { name: "Paste rows…" }).click() },
  { name: "where to run several machines", slug: "plan", open: (page) => withTwoMachines(page, "Machines and their places", "Run them in…") },
  { name: "a provider of one's own", slug: "footprints", open: (page) => page.getByRole("button", { name: "Enter a provider of your own…" }).click() },
  { name: "prices that would change", slug: "footprints", open: (page) => page.getByRole("group", { name: "Prices of your own" }).locator("input[type=file]").setInputFiles(PRICES) },
  { name: "another tool's rules", slug: "rules", open: (page) => page.getByRole("button", { name: /^Compare with / }).first().click() },
  { name: "more files", slug: "estate", open: (page) => openFiles(page, { name: "RVTools_tabvInfo.csv", mimeType: "text/csv", buffer: Buffer.from("VM\na\n") }) },
  { name: "what money is made of", slug: "plan", open: (page) => page.locator(".kpi-open").first().click() },
  { name: "sharing", slug: "share", open: (page) => page.getByRole("button", { name: "Share…" }).click() },
];

/** Goes to a page by the address, and waits for what it shows. */
export async function goToSlug(page, slug) {
  await page.evaluate((slug) => (location.hash = `#/${slug}`), slug);
  await expect(page.locator("#main > .page")).toBeVisible();
  if (["plan", "cost", "timeline"].includes(slug)) await planned(page);
  if (slug === "compare") await expect(page.locator('.page[aria-busy="false"]')).toBeVisible({ timeout: 120_000 });
}
