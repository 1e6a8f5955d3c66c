// Other ways to begin than the sample: typing totals in, and stopping an import that was a mistake.
import { figure, go, openFiles, openSample, planned } from "../app.js";
import { expect, test } from "../fixtures.js";

test("an estate typed in as totals is planned and costed, without any file", async ({ page }) => {
  await page.goto("./");
  await page.getByRole("button", { name: "Type in totals…" }).click();
  const dialog = page.getByRole("dialog", { name: "Type in an estate" });
  await dialog.getByRole("spinbutton", { name: "Machines", exact: true }).fill("60");
  await dialog.getByRole("spinbutton", { name: "Machines", exact: true }).press("Tab");
  await dialog.getByRole("button", { name: "Use this estate" }).click();
  await expect(page.locator(".kpis").first()).toBeVisible();
  expect((await figure(page, "Machines")).value).toBe("60");
  expect((await figure(page, "vCPU")).value).toBe("700");

  await go(page, "Cost");
  await planned(page);
  expect(await page.getByTestId("ledger-total").first().innerText()).toMatch(/\$[1-9][\d,]+/);
});

test("an import is cancelled, and the estate that was there stays", async ({ page }) => {
  await openSample(page);
  const before = await figure(page, "Machines");
  let text = "VM,Powerstate,Template,CPUs,Memory,Provisioned MiB,In Use MiB,Host,Cluster,Datacenter\n";
  for (let index = 0; index < 400_000; index += 1) {
    text += `vm-${index},poweredOn,False,2,4096,40960,20480,esx-${index % 900},cluster-${index % 30},dc\n`;
  }
  await openFiles(page, { name: "RVTools_tabvInfo.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "Replace it" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("button", { name: "Cancel" })).toBeHidden();
  expect(await figure(page, "Machines")).toEqual(before);
  // The engine begins anew, and works.
  await go(page, "Plan");
  await planned(page);
});

test("a form that is asked for while parts of the app are still on their way comes all the same", async ({ browser, server }) => {
  // In which order files come is another one each time.
  for (let visit = 0; visit < 8; visit += 1) {
    const context = await browser.newContext({ baseURL: server.url, serviceWorkers: "block" });
    const page = await context.newPage();
    await page.goto("./");
    await page.getByRole("button", { name: "Type in totals…" }).click();
    await expect(page.getByRole("dialog", { name: "Type in an estate" }).getByRole("spinbutton", { name: "Machines", exact: true })).toBeVisible();
    await context.close();
  }
});
