// Prices of one's own, and the rules of other tools: what would change is shown first, and can be taken back.
import { readFile } from "node:fs/promises";
import { figure, go, openSample, planned, saved } from "../app.js";
import { expect, test } from "../fixtures.js";

const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const DISK = "what,id,region,amount,currency,per\ndisk_price,gp3,aws/us-east-1,0.05,USD,gib\n";

const prices = (page) => page.getByRole("group", { name: "Prices of your own" });
const choose = (page, list) => prices(page).locator("input[type=file]").setInputFiles(list);

test("a price list shows what it changes, is applied, and can be taken back", async ({ page }) => {
  await openSample(page);
  await go(page, "Footprints");
  await choose(page, file("mine.csv", DISK));
  const dialog = page.getByRole("dialog", { name: "1 price would change" });
  await expect(dialog.getByRole("row", { name: /^gp3/ }).getByRole("cell")).toHaveText(["aws/us-east-1", "GiB", "$0.08", "$0.05", "−38 %"]);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(prices(page)).not.toContainText("in use");

  await choose(page, file("mine.csv", DISK));
  await dialog.getByRole("button", { name: "Apply these prices" }).click();
  await expect(prices(page)).toContainText("1 row of your own is in use");
  // The same list once more changes nothing.
  await choose(page, file("mine.csv", DISK));
  await expect(page.getByRole("dialog", { name: "No price changes" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Undo price list (Ctrl Z)" }).click();
  await expect(prices(page)).not.toContainText("in use");
});

test("a price that looks like a mistake has to be seen before it is applied", async ({ page }) => {
  await openSample(page);
  await go(page, "Footprints");
  // Cents for dollars.
  await choose(page, file("cents.csv", DISK.replace("0.05", "8")));
  const dialog = page.getByRole("dialog", { name: "1 price would change" });
  await expect(dialog.getByRole("alert")).toContainText("1 price looks like a mistake");
  await expect(dialog.getByRole("row", { name: /^gp3/ })).toContainText("more than 20 times the price before");
  const apply = dialog.getByRole("button", { name: "Apply these prices" });
  await expect(apply).toBeDisabled();
  await dialog.getByRole("checkbox", { name: "I have looked at them, and they are right" }).check();
  await apply.click();
  await expect(prices(page)).toContainText("1 row of your own is in use");
  // All off is free, which nothing is.
  await choose(page, file("free.csv", "what,id,amount\ndiscount,*,100\n"));
  await expect(page.getByText(/free\.csv: line 2, column amount: not a share from 0 to less than 100/)).toBeVisible();
});

test("a mistake in a price list is named with file, line and column, and nothing is taken", async ({ page }) => {
  await openSample(page);
  await go(page, "Footprints");
  await choose(page, file("wrong.csv", DISK.replace("0.05", "five")));
  await expect(page.getByText(/wrong\.csv: line 2, column amount: .*nothing was taken from the list/)).toBeVisible();
  await choose(page, file("other.csv", "a,b\n1,2\n"));
  await expect(page.getByText(/other\.csv: this is neither an AWS offer file/)).toBeVisible();
  await choose(page, file("cut.json", '{"BillingCurrency":"USD","Items":[{"currencyCode":'));
  await expect(page.getByText(/cut\.json: the file is cut off or damaged/)).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

/** Gives the page an AWS offer file of so many megabytes: rows of dedicated hosts, of which nothing is taken, and one price at the end. Made in the page, for it is large. */
const chooseOffer = (page, megabytes) =>
  prices(page)
    .locator("input[type=file]")
    .evaluate((input, megabytes) => {
      const quoted = (cells) => `${cells.map((cell) => `"${cell}"`).join(",")}\n`;
      const columns = "SKU,TermType,Unit,PricePerUnit,Currency,LeaseContractLength,PurchaseOption,OfferingClass,Instance Type,Tenancy,Operating System,Region Code,Pre Installed S/W,CapacityStatus";
      const about = [["FormatVersion", "v1.0"], ["Disclaimer", "-"], ["Publication Date", "2026-11-20T10:00:00Z"], ["Version", "1"], ["OfferCode", "AmazonEC2"], columns.split(",")];
      const row = (sku, price, tenancy) => quoted([sku, "OnDemand", "Hrs", price, "USD", "", "", "", "m7i.large", tenancy, "Linux", "us-east-1", "NA", "Used"]);
      let megabyte = "";
      for (let sku = 0; megabyte.length < 1e6; sku += 1) megabyte += row(`D${sku}`, "0.1109", "Dedicated");
      const parts = [about.map(quoted).join(""), ...Array(megabytes).fill(megabyte), row("LAST", "0.05", "Shared")];
      const files = new DataTransfer();
      files.items.add(new File(parts, "AmazonEC2.csv", { type: "text/csv" }));
      input.files = files.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }, megabytes);

test("an offer file of 300 MB is read with progress, is cancelled without a trace, and read to its end", async ({ page }) => {
  await openSample(page);
  await go(page, "Footprints");
  await chooseOffer(page, 300);
  const reading = page.getByRole("region", { name: "Reading prices" });
  await expect(reading.getByRole("progressbar")).toHaveAttribute("value", /^[1-9]/, { timeout: 60_000 });
  await reading.getByRole("button", { name: "Cancel" }).click();
  await expect(reading).toBeHidden();
  await expect(prices(page)).not.toContainText("in use");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  // What the page has still works: the engine began anew.
  await chooseOffer(page, 300);
  const dialog = page.getByRole("dialog", { name: "1 price would change" });
  await expect(dialog).toBeVisible({ timeout: 120_000 });
  await expect(dialog.getByRole("row", { name: /^m7i\.large/ })).toContainText("$0.05");
});

test("the template is a list that is understood", async ({ page }) => {
  await openSample(page);
  await go(page, "Footprints");
  const [download] = await Promise.all([page.waitForEvent("download"), prices(page).getByRole("button", { name: "download a template" }).click()]);
  expect(download.suggestedFilename()).toBe("groundwork-prices-template.csv");
  const text = await readFile(await download.path(), "utf8");
  await choose(page, file("template.csv", text));
  await expect(page.getByRole("dialog", { name: /would change$/ })).toBeVisible();
});

test("a provider of one's own is entered, kept with the project, and goes to another one as a file", async ({ page }) => {
  await openSample(page);
  await go(page, "Footprints");
  await prices(page).getByRole("button", { name: "Enter a provider of your own…" }).click();
  const form = page.getByRole("dialog", { name: "A provider of your own" });
  await expect(form.getByRole("status")).toHaveText("Still to enter: a provider");
  await expect(form.getByRole("button", { name: "Show what it changes" })).toBeDisabled();
  for (const [label, value] of [
    ["Provider", "Our cloud"],
    ["Place", "Berlin"],
    ["Country", "DE"],
    ["Host type", "Large"],
    ["Cores", "64"],
    ["Memory", "1024"],
    ["Disks", "30000"],
    ["Price", "3.25"],
  ]) {
    await form.getByLabel(label, { exact: true }).fill(value);
    await form.getByLabel(label, { exact: true }).blur();
  }
  await form.getByLabel("Storage", { exact: true }).selectOption("vSAN, ESA");
  await form.getByText("VMware is in the price").click();
  await form.getByRole("button", { name: "Show what it changes" }).click();
  const proposal = page.getByRole("dialog", { name: "1 price would change" });
  await expect(proposal.getByRole("row", { name: /^our-cloud\/large/ })).toContainText("our-cloud/berlin");
  await proposal.getByRole("button", { name: "Apply these prices" }).click();
  await expect(prices(page)).toContainText("1 row of your own is in use");

  // Kept with the project.
  await saved(page);
  await page.reload();
  await go(page, "Footprints");
  await expect(prices(page)).toContainText("1 row of your own is in use");

  // Given out and taken in again.
  const [download] = await Promise.all([page.waitForEvent("download"), prices(page).getByRole("button", { name: "Download the list" }).click()]);
  const list = await readFile(await download.path(), "utf8");
  expect(list).toContain("host,our-cloud/large,our-cloud/berlin,,,3.25,USD,,,,,,Berlin,DE,Our cloud,64,1024,30000,esa,3,16,yes");
  await prices(page).getByRole("button", { name: "Remove the list" }).click();
  await expect(prices(page)).not.toContainText("in use");
  await choose(page, file("own.csv", list));
  await proposal.getByRole("button", { name: "Apply these prices" }).click();
  await expect(prices(page)).toContainText("1 row of your own is in use");
});

test("a discount on one thing is entered, stands in the lines of the cost, and is taken out again", async ({ page }) => {
  await openSample(page);
  await go(page, "Footprints");
  await prices(page).getByRole("button", { name: "Enter a discount…" }).click();
  const dialog = page.getByRole("dialog", { name: "A discount" });
  const show = dialog.getByRole("button", { name: "Show what it changes" });
  await expect(show).toBeDisabled();
  await dialog.getByLabel("Provider").selectOption("Amazon Web Services");
  await dialog.getByLabel("On", { exact: true }).selectOption("Disks");
  await dialog.getByLabel("Only").fill("gp3");
  await dialog.getByLabel("Discount", { exact: true }).fill("12");
  await page.keyboard.press("Tab");
  await show.click();
  const proposal = page.getByRole("dialog", { name: /would change$/ });
  await expect(proposal.getByRole("row", { name: /^gp3/ }).first()).toContainText("−12 %");
  await proposal.getByRole("button", { name: "Apply these prices" }).click();
  const discounts = prices(page).getByRole("region", { name: "Discounts in use" });
  await expect(discounts.locator("tbody tr")).toContainText(["Amazon Web Services"]);

  await go(page, "Cost");
  await planned(page);
  const place = page.locator(".ledger-group").filter({ hasText: "Instances of Amazon Web Services" }).first();
  await place.locator("summary").first().click();
  const line = place.locator(".ledger-line").filter({ hasText: "gp3" }).first();
  await line.locator("summary").click();
  await expect(line).toContainText("less your discount of 12 %");

  await go(page, "Footprints");
  await discounts.getByRole("button", { name: "Remove" }).click();
  await expect(discounts).toHaveCount(0);
  await page.getByRole("button", { name: "Undo price list (Ctrl Z)" }).click();
  await expect(discounts).toBeVisible();
});

test("what a site costs and what its hosts were measured at stand in the lines of its electricity", async ({ page }) => {
  await openSample(page);
  await go(page, "Footprints");
  await page.getByRole("button", { name: "Edit FRA-PROD-01" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit FRA-PROD-01" });
  await dialog.getByLabel("Measured power of each host").fill("380");
  await page.keyboard.press("Tab");
  await dialog.locator("summary", { hasText: "What this site costs" }).click();
  const pue = dialog.getByLabel("PUE");
  await pue.fill("1.3");
  await page.keyboard.press("Tab");
  await expect(dialog.locator("summary", { hasText: "What this site costs" })).toContainText("1 of its own");
  await dialog.getByRole("button", { name: "Done" }).click();

  await go(page, "Cost");
  await planned(page);
  const place = page.locator(".ledger-group").filter({ hasText: "FRA-PROD-01" }).first();
  await place.locator("summary").first().click();
  const line = place.locator(".ledger-line").filter({ hasText: /^Electricity: servers/ }).first();
  await line.locator("summary").click();
  await expect(line).toContainText("380 W measured × PUE 1.30");
});

test("a place without a price offers to take a quote", async ({ page }) => {
  await openSample(page);
  await go(page, "Footprints");
  const quote = page.getByRole("button", { name: "Enter a quote…" }).first();
  test.skip((await quote.count()) === 0, "every place of the sample has a price");
  await quote.click();
  await expect(page.getByRole("dialog").getByLabel("Your quote for one host and month")).toBeVisible();
});

test("the rules of another tool show what they change before they are applied", async ({ page }) => {
  await openSample(page);
  await go(page, "Plan");
  await planned(page);
  const rate = (await figure(page, "Run rate, per month")).value;
  await go(page, "Rules");
  await page.getByRole("button", { name: "Compare with VMware Cloud sizer" }).click();
  const dialog = page.getByRole("dialog", { name: "VMware Cloud sizer" });
  await expect(dialog.getByRole("row", { name: /^Memory overcommit/ }).getByRole("cell")).toHaveText(["1.0", "1.25"]);
  await expect(dialog).toContainText("Its hyper-threading factor");
  await dialog.getByRole("button", { name: "Count like this" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "VMware Cloud sizer" })).toContainText("counted so now");
  await expect(page.getByRole("slider", { name: "Memory overcommit" })).toHaveValue("1.25");
  await page.getByRole("button", { name: "Undo policy change (Ctrl Z)" }).click();
  await expect(page.getByRole("slider", { name: "Memory overcommit" })).toHaveValue("1");
  await go(page, "Plan");
  await planned(page);
  await expect.poll(async () => (await figure(page, "Run rate, per month")).value).toBe(rate);
});
