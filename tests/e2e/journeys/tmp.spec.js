import { openSample } from "../app.js";
import { expect, test } from "../fixtures.js";
test("x", async ({ page }) => {
  await openSample(page);
  const table = page.getByRole("grid", { name: "Machines" });
  await expect(table.getByRole("row").nth(3)).toBeVisible();
  const head = table.getByRole("columnheader", { name: "Application" });
  const column = await head.getAttribute("aria-colindex");
  const cell = (row) => table.locator(`[aria-rowindex="${row}"] [aria-colindex="${column}"], [aria-rowindex="${row}"][aria-colindex="${column}"]`).first();
  await cell(2).focus();
  await page.evaluate(() => {
    window.__log = [];
    const t0 = performance.now();
    const name = (e) => e.target?.id || e.target?.tagName;
    for (const type of ["keydown", "focusin", "focusout", "input"]) {
      window.addEventListener(type, (e) => window.__log.push(`${(performance.now() - t0).toFixed(0)} ${type} ${e.key ?? ""} ${e.isTrusted} ${name(e)} ${e.defaultPrevented}`), { capture: true });
    }
  });
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: Number(process.env.RATE ?? 6) });
  for (const name of ["Intranet", "Wages"]) {
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
  }
  try {
    await expect(cell(3)).toHaveText("Intranet", { timeout: 8000 });
    await expect(cell(4)).toHaveText("Wages", { timeout: 8000 });
  } catch (e) { console.log(await cell(3).innerText(), "|", await cell(4).innerText(), "|", await page.getByRole("button", { name: /^Undo/ }).first().getAttribute("aria-label"), "|", (await table.getByRole("row").nth(2).innerText()).slice(0,60)); console.log((await page.evaluate(() => window.__log)).slice(-16).join("\n")); throw e; }
});
