// What is offered where, and what suits me: the catalogue browsed, filtered, chosen on the map, compared, and taken into the plan.
import { go, openSample } from "../app.js";
import { expect, test } from "../fixtures.js";

/** The dialog, open. */
async function browse(page) {
  await openSample(page);
  await go(page, "Footprints");
  await page.getByRole("button", { name: "Browse the catalogue…" }).click();
  const dialog = page.getByRole("dialog", { name: "What is offered" });
  await expect(dialog.getByTestId("found")).toHaveText(/^\d+ of \d+ offers$/);
  return dialog;
}

/** How many offers are found, and of how many. */
async function found(dialog) {
  const text = await dialog.getByTestId("found").innerText();
  return /^(\d+) of (\d+) offers$/.exec(text).slice(1).map(Number);
}

test("all that is offered is found, narrowed by conditions, and shown as cards and as a table", async ({ page }) => {
  const dialog = await browse(page);
  const [all, of] = await found(dialog);
  expect(all).toBe(of);
  await dialog.getByRole("radio", { name: "Hosts", exact: true }).check({ force: true });
  await dialog.getByLabel("Provider", { exact: true }).selectOption("Microsoft Azure");
  await dialog.getByLabel("Region", { exact: true }).selectOption({ label: "London, GB · Microsoft Azure" });
  const card = dialog.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "AV36P" }) });
  await expect(card).toContainText("36 × 2.6 GHz");
  await expect(card).toContainText("retires 2029-06-30");
  await expect(card).toContainText("London, GB");
  await card.getByText("Sources and notes").click();
  await expect(card).toContainText("retirement of AV36P and AV52");
  await dialog.getByRole("radio", { name: "Table", exact: true }).check({ force: true });
  const row = dialog.getByRole("row", { name: /^AV36P/ });
  await expect(row).toContainText("768 GiB");
  await expect(row).toContainText("indicative");
  const [azure] = await found(dialog);
  expect(azure).toBeLessThan(all);
  await dialog.getByLabel("Price is").selectOption("listed");
  await expect(dialog.getByText("Nothing is offered like that")).toBeVisible();
  await dialog.getByRole("button", { name: "Clear all conditions" }).click();
  expect((await found(dialog))[0]).toBe(all);
});

test("who is new is not shown what is closed, and words find types", async ({ page }) => {
  const dialog = await browse(page);
  await dialog.getByRole("searchbox").fill("ibm classic");
  await expect(dialog.getByRole("listitem").first()).toContainText("closed to new customers since 2025-10-31");
  await dialog.getByRole("switch", { name: "Only what new customers can have" }).check({ force: true });
  await expect(dialog.getByTestId("found")).toHaveText(/^0 of /);
});

test("a region is chosen on the map by keyboard, and the catalogue looks there", async ({ page }) => {
  const dialog = await browse(page);
  const [all] = await found(dialog);
  const map = dialog.getByRole("img", { name: /^World map of \d+ regions/ });
  await map.focus();
  await page.keyboard.press("ArrowRight");
  await expect(dialog.locator(".tooltip")).toContainText("offered");
  await page.keyboard.press("Enter");
  await expect(dialog.getByTestId("chosen-regions")).toContainText("Chosen:");
  await expect(map).toBeFocused();
  await expect.poll(async () => (await found(dialog))[0]).toBeLessThan(all);
  await dialog.getByRole("button", { name: "Look everywhere" }).click();
  expect((await found(dialog))[0]).toBe(all);
  // The same by pointer, and as a table for those who see no map.
  await map.locator("[data-mark]").last().click();
  await expect(dialog.getByTestId("chosen-regions")).toContainText("Chosen:");
  await dialog.getByRole("button", { name: "Show as table" }).click();
  await expect(dialog.getByRole("row", { name: /^Frankfurt, DE Amazon Web Services/ })).toBeVisible();
});

test("a site is put on the map, and latencies are estimated from there", async ({ page }) => {
  await openSample(page);
  await go(page, "Footprints");
  await page.getByRole("button", { name: "Edit FRA-PROD-01", exact: true }).click();
  const form = page.getByRole("dialog", { name: "Edit FRA-PROD-01" });
  const where = form.getByLabel("Where its site is: near");
  await expect(where.locator("option:checked")).toHaveText("not known");
  await where.selectOption("Frankfurt, DE");
  await form.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Browse the catalogue…" }).click();
  const offered = page.getByRole("dialog", { name: "What is offered" });
  await offered.locator("[data-mark].map-site").click();
  // What can be had there are servers to buy.
  await expect(offered.getByTestId("chosen-regions")).toContainText("Chosen:");
  await expect(offered.getByRole("listitem").first()).toContainText("Servers");
  await offered.getByRole("button", { name: "Show as table" }).click();
  await expect(offered.getByRole("row", { name: /FRA-PROD-01.* Your own sites yes/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await go(page, "Rules");
  const latency = page.getByRole("group", { name: /^Latency between places/ });
  const places = await latency.getByLabel("One place").locator("option").allInnerTexts();
  await latency.getByLabel("One place").selectOption("FRA-PROD-01");
  await latency.getByLabel("The other place").selectOption(places.find((name) => name.includes("N. Virginia")));
  // 1 ms, and 6,540 km of 14.7 µs.
  await expect(latency.getByText(/^Estimated from where the two are: 97\.\d ms$/)).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(latency.getByText(/^Not known: a rule of latency/)).toBeVisible();
});

test("host types stand side by side by what they give, and what has no price says so", async ({ page }) => {
  const dialog = await browse(page);
  await dialog.getByLabel("Region", { exact: true }).selectOption({ label: "N. Virginia, US · Amazon Web Services" });
  await dialog.getByRole("radio", { name: "Hosts", exact: true }).check({ force: true });
  await dialog.getByRole("searchbox").fill("evs i4i");
  await dialog.getByRole("button", { name: "Compare i4i.metal" }).click();
  await dialog.getByRole("button", { name: "Clear all conditions" }).click();
  await dialog.getByRole("searchbox").fill("AV48");
  await dialog.getByRole("button", { name: "Compare AV48" }).click();
  await dialog.getByRole("searchbox").fill("8474C");
  await dialog.getByRole("button", { name: "Compare 2 × Xeon 8474C" }).click();
  await dialog.getByRole("tab", { name: "Side by side (3)" }).click();
  const table = dialog.getByRole("region", { name: "Host types side by side" });
  const perVcpu = table.getByRole("row", { name: /^For each vCPU/ });
  await expect(perVcpu.getByRole("cell")).toHaveCount(3);
  await expect(perVcpu.getByRole("cell").nth(0)).toContainText("$");
  await expect(perVcpu.getByRole("cell").nth(2)).toHaveText(/needs a quote/);
  await expect(perVcpu.getByText("least")).toHaveCount(1);
  await table.getByRole("button", { name: "Take i4i.metal away" }).click();
  await expect(dialog.getByRole("tab", { name: "Side by side (2)" })).toBeVisible();
});

test("what suits is taken into the plan with its region and term", async ({ page }) => {
  const dialog = await browse(page);
  await dialog.getByLabel("Region", { exact: true }).selectOption({ label: "Frankfurt, DE · Amazon Web Services" });
  await dialog.getByLabel("Commitment").selectOption("3 years");
  await dialog.getByRole("searchbox").fill("vmware i7i");
  await dialog.getByRole("button", { name: "Add i7i.metal-24xl to the plan" }).first().click();
  await expect(dialog.getByTestId("added")).toHaveText("Added to the plan: VMware Cloud on AWS i7i.metal-24xl, Frankfurt");
  await dialog.getByRole("searchbox").fill("m7i");
  await dialog.getByRole("radio", { name: "Instances", exact: true }).check({ force: true });
  await dialog.getByRole("button", { name: "Add m7i to the plan" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row", { name: /VMware Cloud on AWS i7i\.metal-24xl, Frankfurt.*3 years/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /Amazon Web Services m7i instances, Frankfurt/ })).toBeVisible();
});
