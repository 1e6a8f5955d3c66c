// Hosts that need something beside them: a second site, a first cluster of another type, hosts with storage only; and what is not sold in a region.
import { addHosts, go, openSample } from "../app.js";
import { expect, test } from "../fixtures.js";

test("a cluster over two sites is counted in hosts, and its witness can be priced", async ({ page }) => {
  await openSample(page);
  await go(page, "Footprints");
  const dialog = await addHosts(page, "Azure VMware Solution", "London, GB", "AV36P");
  await expect(dialog.getByText("Zones AZ01, AZ03")).toBeVisible();
  await dialog.getByRole("switch", { name: /^Stretched over two sites/ }).check({ force: true });
  await expect(dialog.getByRole("spinbutton", { name: "Fewest hosts" })).toHaveValue("6");
  await dialog.getByLabel("Witness a month").fill("100");
  await dialog.getByLabel("Witness a month").press("Enter");
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row", { name: /AV36P · London · on demand · over two sites/ })).toBeVisible();
});

test("a type that stands behind another says what is paid for first", async ({ page }) => {
  await openSample(page);
  await go(page, "Footprints");
  const dialog = await addHosts(page, "Azure VMware Solution", "California, US", "AV64 (generation 1)");
  await expect(dialog.getByText("3 hosts of AV36 are paid for with the place")).toBeVisible();
  await dialog.getByLabel("First cluster").selectOption("Is there already, and paid for elsewhere");
  await expect(dialog.getByText("This type is sold only behind a cluster of another type")).toBeVisible();
});

test("a type that is not sold in a region cannot be chosen there, and says so", async ({ page }) => {
  await openSample(page);
  await go(page, "Footprints");
  await page.getByRole("button", { name: "Add footprint" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a footprint" });
  await dialog.getByLabel("Service").selectOption("Azure VMware Solution");
  await dialog.getByLabel("Region").selectOption("Seoul, KR");
  await expect(dialog.getByRole("row", { name: /^AV52/ })).toContainText("not sold in Seoul, KR");
  await expect(dialog.getByRole("radio", { name: "AV52" })).toBeDisabled();
  await expect(dialog.getByRole("radio", { name: "AV48" })).toBeEnabled();
});

test("what the status of a price means, and where the price is from, opens beside it by keyboard", async ({ page }) => {
  await openSample(page);
  await go(page, "Footprints");
  const mark = page.getByRole("button", { name: /^What (listed|derived|indicative|assumed|your quote|needs a quote) means$/ }).first();
  await mark.press("Enter");
  const note = page.getByRole("note");
  await expect(note).toHaveText(/^(From a named public source|Computed from listed prices|From a source that calls itself approximate|An assumption|A price you entered|There is no public price)/);
  await page.keyboard.press("Escape");
  await expect(note).toHaveCount(0);
  await expect(mark).toBeFocused();

  // Where one is chosen, and where the money stands, all of them are explained at once.
  await page.getByRole("button", { name: "Add footprint" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a footprint" });
  await dialog.getByRole("button", { name: "What the status of a price means" }).click();
  await expect(dialog.getByRole("note")).toContainText("listed: From a named public source. derived: ");
});
