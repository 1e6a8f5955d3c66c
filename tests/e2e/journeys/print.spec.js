// Every page on paper: its title, its figures, and nothing to press.
import { SLUGS, goToSlug, openSample } from "../app.js";
import { expect, test } from "../fixtures.js";

test("every page prints its title and its figures, dark on light, and no buttons", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await openSample(page);
  const found = {};
  for (const slug of SLUGS) {
    await page.emulateMedia({ media: "screen" });
    await goToSlug(page, slug);
    await page.emulateMedia({ media: "print" });
    found[slug] = await page.evaluate(() => {
      const isShown = (element) => element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true });
      const wrong = [];
      const title = document.querySelector("#main h1")?.getBoundingClientRect();
      if (!title || title.height < 16 || title.width < 16) wrong.push("no title");
      for (const button of document.querySelectorAll("#main :is(.chart-foot button, .btn, .icon-btn), .rail, .topbar")) {
        if (isShown(button)) wrong.push(`to press: ${button.className} ${button.textContent}`);
      }
      for (const details of document.querySelectorAll("#main details")) {
        const hidden = [...details.children].filter((child) => !child.matches("summary, .btn, .help, .toolbar, .preview") && child.textContent && !child.checkVisibility());
        if (hidden.length) wrong.push(`folded away: ${details.className}`);
      }
      for (const table of document.querySelectorAll("#main .vtable")) {
        const rows = table.querySelectorAll(".vtable-window > .vtable-row").length;
        const all = Number(table.getAttribute("aria-rowcount")) - 1;
        if (rows < all !== !!table.querySelector(".print-only")?.checkVisibility()) wrong.push(`${table.getAttribute("aria-label")}: ${rows} of ${all} rows, and what of it is said`);
        if (table.scrollHeight > table.clientHeight + 1) wrong.push(`${table.getAttribute("aria-label")} is cut off`);
        if (table.clientHeight > rows * 40 + 200) wrong.push(`${table.getAttribute("aria-label")} takes the room of rows that are not there`);
      }
      const { color } = getComputedStyle(document.body);
      if (Math.max(...color.match(/\d+/g).slice(0, 3).map(Number)) > 100) wrong.push(`text in ${color}`);
      return wrong;
    });
    // The theme that was chosen is one for the screen, too.
    await page.evaluate(() => document.documentElement.setAttribute("data-theme", "dark"));
    const [dark] = (await page.evaluate(() => getComputedStyle(document.body).color)).match(/\d+/g);
    if (Number(dark) > 100) found[slug].push("text of the dark theme");
    await page.evaluate(() => document.documentElement.removeAttribute("data-theme"));
  }
  expect(found).toEqual(Object.fromEntries(SLUGS.map((slug) => [slug, []])));
});
