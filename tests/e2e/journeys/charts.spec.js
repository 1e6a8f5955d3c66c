// Every chart of the app: details by pointer and by keyboard, the same numbers as a table, and the picture as a file.
import { readFile } from "node:fs/promises";
import { go, goToSlug, openSample, planned, settled } from "../app.js";
import { expect, test } from "../fixtures.js";

/** The chart of a card, which is drawn when it comes into view. */
async function chartOf(page, title, at = 0) {
  const card = page.getByRole("group", { name: title, exact: true }).and(page.locator(".card"));
  await card.scrollIntoViewIfNeeded();
  const chart = card.locator(".chart").nth(at);
  await expect(chart.locator(".chart-plot > svg")).toBeVisible({ timeout: 60_000 });
  return chart;
}

/** A point of the window at which a mark of the chart is, after it was scrolled there. */
async function pointOnMark(svg) {
  await svg.scrollIntoViewIfNeeded();
  return svg.evaluate((svg) => {
    for (const mark of svg.querySelectorAll("[data-mark]")) {
      const { left, top, width, height } = mark.getBoundingClientRect();
      for (const share of [0.5, 0.25, 0.75, 0.05, 0.95]) {
        const [x, y] = [left + width * share, top + height / 2];
        if (svg.contains(document.elementFromPoint(x, y)?.closest("[data-mark]"))) return { x, y };
      }
    }
    return null;
  });
}

/** Details say what they are about and give at least one value. */
async function readDetails(chart) {
  const details = chart.locator(".tooltip");
  await expect(details).toHaveCount(1);
  const [title, values] = await Promise.all([details.locator("b").innerText(), details.locator("dd").allInnerTexts()]);
  expect(title.trim()).not.toBe("");
  expect(values.length).toBeGreaterThan(0);
  for (const value of values) expect(value.trim(), title).not.toBe("");
  return title;
}

/** The file that a chart is saved as. */
async function fileOf(page, chart, format) {
  const [download] = await Promise.all([page.waitForEvent("download"), chart.getByRole("button", { name: `Save as ${format}` }).click()]);
  expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${format.toLowerCase()}$`));
  return readFile(await download.path());
}

/** What an SVG is, read in a page that has nothing to do with ours. */
async function readSvg(browser, text) {
  const page = await browser.newPage();
  const read = await page.evaluate((text) => {
    const svg = new DOMParser().parseFromString(text, "image/svg+xml");
    const elements = [...svg.querySelectorAll("*")];
    const values = elements.flatMap((it) => [...it.attributes].filter(({ name }) => !name.startsWith("xmlns")).map(({ value }) => value));
    return {
      fault: svg.querySelector("parsererror")?.textContent ?? null,
      root: svg.documentElement.localName,
      title: svg.querySelector("svg > title")?.textContent ?? "",
      shapes: elements.filter((it) => ["path", "circle", "text"].includes(it.localName)).length,
      foreign: values.filter((value) => /url\(|https?:|data:|javascript:|^#/.test(value) && !/^#[0-9a-f]{3,8}$/i.test(value)),
      strange: elements.map((it) => it.localName).filter((name) => ["script", "style", "image", "use", "a", "foreignObject", "link"].includes(name)),
    };
  }, text);
  await page.close();
  return read;
}

/** Everything that a chart owes, one after the other. */
async function tryChart(page, chart, what) {
  await test.step(what, async () => {
    const svg = chart.locator(".chart-plot > svg");
    await expect(svg).toHaveAttribute("aria-label", /\S/);

    const point = await pointOnMark(svg);
    expect(point, `${what}: a mark under the pointer`).not.toBeNull();
    await page.mouse.move(point.x, point.y);
    await readDetails(chart);
    await page.mouse.move(2, 2);
    await expect(chart.locator(".tooltip")).toHaveCount(0);

    await svg.focus();
    await page.keyboard.press("Home");
    const first = await readDetails(chart);
    await page.keyboard.press("End");
    const last = await readDetails(chart);
    if (first !== last) {
      await page.keyboard.press("Home");
      await expect(chart.locator(".tooltip b")).toHaveText(first);
    }
    await page.keyboard.press("Escape");
    await expect(chart.locator(".tooltip")).toHaveCount(0);

    const text = (await fileOf(page, chart, "SVG")).toString();
    const read = await readSvg(page.context().browser(), text);
    expect(read, what).toMatchObject({ fault: null, root: "svg", foreign: [], strange: [] });
    expect(read.title.trim()).not.toBe("");
    expect(read.shapes).toBeGreaterThan(1);
    const png = await fileOf(page, chart, "PNG");
    expect(png.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    expect(width).toBeGreaterThan(100);
    expect(height).toBeGreaterThan(50);

    await chart.getByRole("button", { name: "Show as table" }).click();
    const table = chart.getByRole("table");
    await expect(table.locator("tbody tr").first()).toBeVisible();
    const [heads, ...cells] = await table.evaluate((table) => [...table.rows].map((row) => row.cells.length));
    expect(heads).toBeGreaterThan(1);
    expect(cells.filter((count) => count !== heads), what).toEqual([]);
    await chart.getByRole("button", { name: "Show as picture" }).click();
    await expect(svg).toBeVisible();
  });
}

/** The choices of a group, each with its chart. */
async function tryEach(page, group, choices, chart) {
  for (const choice of choices) {
    await page.getByRole("radiogroup", { name: group }).getByRole("radio", { name: choice, exact: true }).check({ force: true });
    await tryChart(page, await chart(), `${group}: ${choice}`);
  }
}

test("charts of Estate", async ({ page }) => {
  await openSample(page);
  for (const title of ["Machines by size", "Operating systems by end of support", "How full clusters are", "Storage by measure"]) {
    await tryChart(page, await chartOf(page, title), title);
  }
});

test("the map of what is offered", async ({ page }) => {
  await openSample(page);
  await go(page, "Footprints");
  await page.getByRole("button", { name: "Browse the catalogue…" }).click();
  const chart = page.getByRole("dialog").locator(".chart").first();
  await expect(chart.locator(".chart-plot > svg")).toBeVisible({ timeout: 30_000 });
  await tryChart(page, chart, "map");
});

test("charts of Plan", async ({ page }) => {
  await openSample(page);
  await go(page, "Plan");
  await settled(page);
  await tryEach(page, "Width of the ribbons", ["Money", "Machines", "vCPU", "Memory", "Storage"], () => chartOf(page, "Where it goes"));
  // The first rack is open before a host is chosen.
  await tryEach(page, "Shown of the hosts", ["CPU", "Memory"], () => chartOf(page, "Hosts"));
  const hosts = page.locator(".hosts .host:not(.host-retired):not(.host-spare)");
  await hosts.first().click();
  await tryChart(page, await chartOf(page, "Hosts", 1), "a host by resource");
});

test("charts of Cost", async ({ page }) => {
  await openSample(page);
  await go(page, "Cost");
  await settled(page);
  await tryEach(page, "Over the years", ["By month", "By year", "Cumulative"], () => chartOf(page, "Over the years"));
  for (const title of ["How sure it is", "What matters most"]) await tryChart(page, await chartOf(page, title), title);
});

test("charts of Timeline and Compare", async ({ page }) => {
  await openSample(page);
  await go(page, "Timeline");
  await planned(page);
  await tryChart(page, await chartOf(page, "How full each cluster becomes"), "how full");
  await goToSlug(page, "compare");
  await page.getByRole("button", { name: "+ Scenario" }).click();
  await expect(page.locator('.page[aria-busy="false"]')).toBeVisible({ timeout: 120_000 });
  for (const title of ["Cash flow", "What the totals are made of"]) await tryChart(page, await chartOf(page, title), title);
});
