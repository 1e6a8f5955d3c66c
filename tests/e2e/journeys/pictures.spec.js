// Charts leave as pictures that say their own colours: from a host, from one file, and out of a frame.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { go, planned, totalOfSample } from "../app.js";
import { expect, test } from "../fixtures.js";
import { DIST, serve } from "../server.mjs";

/** What the first chart of the page gives as a file. */
async function picture(page, format, frame = page) {
  const button = frame.getByRole("button", { name: `Save as ${format}` }).first();
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Draws a picture in a page that has no style sheet of ours: its size, and how many colours are in it. */
async function look(browser, bytes, type) {
  const page = await browser.newPage();
  const found = await page.evaluate(async ([base64, type]) => {
    const image = new Image();
    image.src = `data:${type};base64,${base64}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.naturalWidth, height: image.naturalHeight });
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Map();
    for (let at = 0; at < data.length; at += 4) {
      const colour = data.subarray(at, at + 4).join();
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
    }
    return { width: canvas.width, height: canvas.height, colours: [...colours.values()].filter((count) => count > 200).length };
  }, [bytes.toString("base64"), type]);
  await page.close();
  return found;
}

for (const [where, url] of [
  ["a host", ""],
  ["one file", pathToFileURL(join(DIST, "groundwork.html")).href],
]) {
  test(`every chart as SVG and PNG, from ${where}`, async ({ page, browser, faults }) => {
    await page.goto(url || "./");
    await totalOfSample(page);
    for (const name of ["Estate", "Plan", "Cost"]) {
      await go(page, name);
      if (name !== "Estate") await planned(page);
      const chart = page.locator(".chart").first();
      await expect(chart.locator("svg").first()).toBeVisible();
      const { width } = await chart.locator(".chart-plot > svg").evaluate((it) => ({ width: Number(it.getAttribute("width")) }));
      const svg = await picture(page, "SVG");
      const text = svg.bytes.toString();
      expect(svg.name).toMatch(/^Sample estate [\w ,-]+\.svg$/);
      // Nothing in it depends on the page, or on any other file.
      expect(text).not.toMatch(/class=|style=|var\(|href|url\(|data-mark|currentcolor/i);
      expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]*><title>[^<]+<\/title><desc>[^<]+<\/desc>/);
      const drawn = await look(browser, svg.bytes, "image/svg+xml");
      expect(drawn.width).toBe(width + 32);
      expect(drawn.colours).toBeGreaterThan(2);
      const png = await picture(page, "PNG");
      expect(png.name).toMatch(/\.png$/);
      const painted = await look(browser, png.bytes, "image/png");
      expect(painted.width).toBe(2 * drawn.width);
      expect(Math.abs(painted.height - 2 * drawn.height)).toBeLessThanOrEqual(1);
      expect(painted.colours).toBeGreaterThan(2);
    }
    // As a table there is no picture to save.
    await page.getByRole("button", { name: "Show as table" }).first().click();
    await expect(page.locator(".chart").first().getByRole("button", { name: /Save as/ })).toHaveCount(0);
    if (url) faults.splice(0, faults.length, ...faults.filter((fault) => !fault.startsWith("request to another origin: file:")));
  });
}

test("out of a frame a picture and a workbook come whole", async ({ browser, server, sample }) => {
  const body = `<!doctype html><title>Docs</title><link rel="icon" href="data:,"><groundwork-planner src="plan.json" page="cost"></groundwork-planner><script src="${server.url}embed.js" defer></script>`;
  const docs = await serve(0, { subPath: "/docs/", pages: { "/docs/": body, "/docs/plan.json": sample.text } });
  const page = await browser.newPage();
  await page.goto(docs.url);
  await expect(page.locator("groundwork-planner[data-ready]")).toBeVisible({ timeout: 30_000 });
  const frame = await (await page.locator("groundwork-planner iframe").elementHandle()).contentFrame();
  await planned(frame);
  // The page around leaves it to the visitor, …
  const png = await picture(page, "PNG", frame);
  expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
  await look(browser, png.bytes, "image/png");
  // … or takes it.
  await page.evaluate(() => {
    document.querySelector("groundwork-planner").addEventListener("save", (event) => {
      event.preventDefault();
      const { name, mime, project, content } = event.detail;
      window.saved = { name, mime, project, head: new TextDecoder().decode(content.slice(0, 2)) };
    });
    document.querySelector("groundwork-planner").goTo("share");
  });
  await frame.getByRole("button", { name: "Workbook: " }).click();
  await expect.poll(() => page.evaluate(() => window.saved), { timeout: 60_000 }).toMatchObject({ head: "PK", mime: expect.stringContaining("spreadsheetml") });
  expect(await page.evaluate(() => window.saved.project)).toBeUndefined();
  await page.close();
  await docs.close();
});
