// How long the plan lasts.
import { figure, go, openSample, planned, saved, settled } from "../app.js";
import { expect, test } from "../fixtures.js";

const answer = (page) => page.getByRole("status").filter({ hasText: /full|fills/ });

test("growth is tried by mouse and keyboard, and the page says what is full when and what is added", async ({ page }) => {
  await openSample(page);
  await go(page, "Timeline");
  await planned(page);
  await expect(answer(page)).toContainText("Without growth nothing fills");
  expect((await figure(page, "First full")).value).toBe("Not in this time");
  await expect(page.getByText("the hosts of today are enough")).toBeVisible();

  // By keyboard: each step of the slider tells at once.
  const slider = page.getByRole("slider", { name: "Growth of everything" });
  await slider.focus();
  await page.keyboard.press("End");
  await expect(answer(page)).toContainText("At 50 % a year");
  await expect(answer(page)).toContainText(/is full (already|in \d+ months?, [A-Z][a-z]+ 20\d\d)/);
  await settled(page);
  const first = (await figure(page, "First full")).value;
  expect(first).toMatch(/^(Now|[A-Z][a-z]+ 20\d\d)$/);

  // The picture has the same numbers as a table.
  await page.getByRole("button", { name: "Show as table" }).click();
  await expect(page.getByRole("row", { name: new RegExp(`^${first}`) }).first()).toContainText("%");
  await page.getByRole("button", { name: "Show as picture" }).click();
  const picture = page.getByRole("img", { name: /^How full \d+ become/ });
  await picture.focus();
  await page.keyboard.press("End");
  await expect(page.locator(".tooltip")).toContainText("%");

  // It is the growth of the whole scenario, one step of undo, and there after a reload.
  await saved(page);
  await page.reload();
  await expect(answer(page)).toContainText("At 50 % a year", { timeout: 60_000 });
  await slider.focus();
  await page.keyboard.press("Home");
  await expect(answer(page)).toContainText("Without growth");
  await page.getByRole("button", { name: /^Undo cost assumption/ }).click();
  await expect(answer(page)).toContainText("At 50 % a year");
});

test("what is added adds up to the figure, and so do the lines to which its money opens", async ({ page }) => {
  await openSample(page);
  // Nothing but the clusters of today, which then need more hosts.
  await go(page, "Footprints");
  const own = page.getByRole("switch", { name: /^Use (FRA|LON)-/ });
  for (const place of await page.getByRole("switch").all()) {
    if ((await place.and(own).count()) === 0) await place.uncheck({ force: true });
  }
  await go(page, "Timeline");
  await page.getByRole("slider", { name: "Growth of everything" }).press("End");
  await expect(answer(page)).toContainText("At 50 % a year");
  // A better plan may keep hosts on instead of adding some.
  await settled(page);
  const more = Number((await figure(page, "Hosts more")).value);
  expect(more).toBeGreaterThan(0);

  const schedule = page.getByRole("region", { name: "What is added when" });
  const bought = async () => {
    const texts = (await schedule.locator("td.num").allInnerTexts()).filter((text) => !text.includes("kept on"));
    return texts.map((text) => parseInt(text.slice(1), 10)).reduce((a, b) => a + b, 0);
  };
  // Parts of the page come one after the other.
  await expect.poll(bought).toBe(more);

  // So do the lines to which its money opens.
  const money = (await figure(page, "Money for them")).value;
  await page.locator(".kpi").filter({ hasText: "Money for them" }).getByRole("button", { name: money }).click();
  const lines = page.getByRole("dialog", { name: "Money for more hosts" });
  await expect(lines.getByRole("row", { name: /^Total/ })).toContainText(money);
  const hosts = await lines.locator("tbody td:nth-child(2)").allInnerTexts();
  expect(hosts.map(Number).reduce((a, b) => a + b, 0)).toBe(more);
  await page.keyboard.press("Escape");
  await expect(lines).toHaveCount(0);
});

test("without an estate the page says where to begin", async ({ page }) => {
  await page.goto("./#/timeline");
  await expect(page.getByRole("link", { name: "Go to Estate" })).toBeVisible();
});

test("figures open to the clusters that they count", async ({ page }) => {
  await openSample(page);
  await go(page, "Timeline");
  await page.getByRole("slider", { name: "Growth of everything" }).press("End");
  await settled(page);
  const clusters = page.getByRole("region", { name: "Clusters and when they are full" });
  const opens = (label) => page.locator(".kpi", { has: page.getByRole("button", { name: `What ${label} means`, exact: true }) }).locator(".kpi-open");
  for (const label of ["First full", "Hosts today"]) {
    await page.evaluate(() => scrollTo(0, 0));
    await opens(label).press("Enter");
    await expect(clusters).toBeInViewport();
  }
  const total = clusters.getByRole("row", { name: /^Total/ });
  expect((await total.locator("td").first().innerText()).split(" ")[0]).toBe((await figure(page, "Hosts today")).value.replace(",", ""));
  // The other side is shown where its first full cluster is asked for.
  await opens("First full, nothing moved").press("Enter");
  await expect(page.getByRole("radiogroup", { name: "Where machines run" }).getByRole("radio", { name: "Nothing moved" })).toBeChecked();
  await expect(clusters).toBeInViewport();
});
