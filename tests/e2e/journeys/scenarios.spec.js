// Two scenarios of one estate, side by side.
import { expect, test } from "../fixtures.js";
import { figure, go, openSample, planned, saved, settled, totalOf } from "../app.js";

/** The cells of a row of the comparison. */
const row = (page, name) => page.getByRole("row", { name: new RegExp(`^${name}`) }).getByRole("cell");

test("a copy of a scenario is changed, compared, found again after a reload, and removed", async ({ page }) => {
  await openSample(page);
  const machines = (await figure(page, "Machines")).value;
  await page.getByRole("button", { name: "+ Scenario" }).click();
  const choice = page.getByLabel("Scenario", { exact: true });
  await expect(choice.locator("option")).toHaveText(["Plan A", "Plan B"]);
  await expect(page).toHaveURL(/#\/estate\/2$/);

  // Plan B plans the powered-off machines too; Plan A does not.
  await page.getByRole("switch", { name: "Powered off" }).click();
  await expect.poll(async () => (await figure(page, "Machines")).value).not.toBe(machines);
  await choice.selectOption("Plan A");
  await expect.poll(async () => (await figure(page, "Machines")).value).toBe(machines);
  await go(page, "Cost");
  const totalA = await totalOf(page);

  await go(page, "Compare");
  await expect(row(page, "Total")).toHaveCount(2);
  await settled(page);
  await expect(page.getByRole("status").filter({ hasText: /^Plan B costs .+ (more|less) than Plan A: / })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: /^Powered off: planned instead of left out\.$/ })).toBeVisible();
  // Every figure that differs has a sentence.
  for (const sentence of [/^A usual month costs \$.+ instead of \$.+: \$.+ (less|more)\.$/, /^\d+ machines have a place instead of \d+\.$/]) {
    await expect(page.getByRole("listitem").filter({ hasText: sentence })).toBeVisible();
  }
  const placed = (await row(page, "Machines placed").allInnerTexts()).map((text) => text.split("\n")[0]);
  expect(placed[0]).not.toBe(placed[1]);

  // What is compared is what the pages show.
  const totalB = (await row(page, "Total").nth(1).innerText()).split("\n")[0];
  await page.getByRole("button", { name: "Show Plan B" }).click();
  await go(page, "Cost");
  expect((await figure(page, "Total over")).value).toBe(totalB);
  await choice.selectOption("Plan A");
  expect(await totalOf(page)).toBe(totalA);

  // By keyboard: another name, and then the list, the address and the stored project say it.
  await go(page, "Compare");
  const name = page.getByLabel("Scenario 2");
  await name.fill("With the sleepers");
  await name.press("Enter");
  await expect(choice.locator("option").nth(1)).toHaveText("With the sleepers");
  await choice.selectOption("With the sleepers");
  await saved(page);
  await page.reload();
  await expect(choice).toHaveValue("With the sleepers");
  await settled(page);
  expect((await row(page, "Total").nth(1).innerText()).split("\n")[0]).toBe(totalB);

  await page.getByRole("button", { name: "Remove With the sleepers" }).click();
  await expect(choice).toHaveCount(0);
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await expect(choice.locator("option")).toHaveText(["Plan A", "With the sleepers"]);
  await expect(page).toHaveURL(/#\/compare\/2$/);
});

test("three scenarios are drawn together, and told how often each is the cheapest", async ({ page }) => {
  await openSample(page);
  // Two copies, one of them with the machines that are switched off, which costs more in every draw.
  await page.getByRole("button", { name: "+ Scenario" }).click();
  await page.getByRole("button", { name: "+ Scenario" }).click();
  await page.getByRole("switch", { name: "Powered off" }).click();
  await go(page, "Compare");
  await settled(page);
  const card = page.getByRole("group", { name: "How sure the comparison is" });
  await card.getByRole("button", { name: "Draw them together" }).click();
  await expect(card).toContainText(/Plan A costs least in 100 % of 10,000 draws; in eight of ten it costs \$[\d.]+ [kM]? ?to \$/);
  const share = (name) => card.getByRole("row", { name: new RegExp(`^${name}`) }).getByRole("cell").last();
  // What costs the same counts alike.
  await expect(share("Plan A")).toHaveText("100 %");
  await expect(share("Plan B")).toHaveText("100 %");
  await expect(share("Plan C")).toHaveText("0 %");
});

test("what was planned once is shown at once", async ({ page }) => {
  await openSample(page);
  await go(page, "Cost");
  const total = await totalOf(page);
  await page.getByRole("textbox", { name: "Electricity" }).fill("0.40");
  await page.getByRole("textbox", { name: "Electricity" }).press("Enter");
  await planned(page);
  expect(await totalOf(page)).not.toBe(total);
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  // No wait for a plan: the result is known.
  const [inAll] = /\$[\d,]+ in all/.exec(total);
  await expect(page.getByTestId("ledger-total").first()).toContainText(inAll, { timeout: 1000 });
  await expect(page.locator('.page[aria-busy="false"]')).toBeVisible({ timeout: 1000 });
});
