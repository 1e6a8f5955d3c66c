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
  const total = await page.getByTestId("ledger-total").first().innerText();
  expect(total).toMatch(/\d/);
  // Engines differ in where they break the lines of a text.
  return total.replace(/\s+/g, " ").trim();
}
