// The page in other languages: every page and dialog of the sample without a word of English, and back without a trace.
import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { DIALOGS, SLUGS, goToSlug, openFiles, openSample, settled } from "../app.js";
import { expect, test } from "../fixtures.js";

const read = (name) => readFile(fileURLToPath(new URL(`../../../static/${name}`, import.meta.url)), "utf8");
/** A script of the page as a module, which Playwright would take for CommonJS. */
const module = async (name) => import(`data:text/javascript,${encodeURIComponent(await read(name))}`);

const [LANGUAGES] = JSON.parse(await read("lang/messages.json"));
const { Messages } = await module("lazy/messages.js");
const { numbersOf } = await module("lazy/numbers.js");

/** Words that make an English sentence and no other one. */
const ENGLISH = /(?<![\w.-])(the|of|and|is|are|with|not|what|each|which|from|to|that|this|these|or|no|as|it|The|What|Which|Each|No)(?![\w.-])/;

/** A word of small Latin letters among Japanese is English, too. */
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;
const WORD = /(?<![\w.*:@/-])[a-z]{4,}(?![\w.*:@/-])/;

/** The cells of a line of CSV. */
const cellsOf = (line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) => cell.replace(/^"|"$/g, "").replaceAll('""', '"'));

/** What the catalogue's sources are called and say, without the signs in numbers: it stays in the language of the sources. */
async function wordsOfSources() {
  const folder = new URL("../../../catalog/", import.meta.url);
  const words = new Set();
  for (const name of (await readdir(folder)).filter((name) => name.endsWith(".csv"))) {
    const [head, ...lines] = (await readFile(new URL(name, folder), "utf8")).trim().split("\n").map(cellsOf);
    const columns = ["note", "title", "availability"].map((column) => head.indexOf(column)).filter((column) => column >= 0);
    for (const cells of lines) for (const column of columns) for (const piece of (cells[column] ?? "").split(/; |\. /)) words.add(withoutSigns(piece));
  }
  return [...words].filter((word) => word.length > 3).sort((a, b) => b.length - a.length);
}
const withoutSigns = (text) => text.replace(/(?<=\d)[.,](?=\d)/g, "");

/** What is called so in every language: by VMware and RVTools, by other tools, in the sample, and in the language of filters and pasted rows. */
const NAMES = /Export all to xlsx|xlsx|[\w. ]+\((32|64)-bit\)|Azure Migrate|VMware Cloud sizer|Leeds branch|Storage class|Sample estate|^(aws|azure|gcp)\b|「[^」]*」|列は [\w, ]+/g;

/** A text without what others wrote: sources of prices, and names that products give to things. */
function ours(text, sources) {
  let rest = withoutSigns(text).replace(NAMES, "");
  // The ratios and types in it are put in when prices are worked out.
  for (const source of sources) {
    const pieces = source.split(/\{\w+\}/).map((piece) => piece.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&"));
    rest = pieces.length === 1 ? rest.replaceAll(source, "") : rest.replace(new RegExp(pieces.join(".+?"), "g"), "");
  }
  return rest;
}

/** Every text that is read or spoken on the page, but for data. */
const textsOf = (page) =>
  page.evaluate(() => {
    const decides = "script, style, textarea, [translate], [lang]:not(html)";
    const names = ["alt", "aria-label", "aria-valuetext", "label", "placeholder", "title"];
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const decided = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(decides);
      if (decided && decided.getAttribute("translate") !== "yes") continue;
      if (node.nodeType === Node.TEXT_NODE) texts.push(node.data.trim());
      else for (const name of names) if (node.hasAttribute(name)) texts.push(node.getAttribute(name).trim());
    }
    return [...new Set(texts.filter(Boolean))];
  });

const useLanguage = async (page, language) => {
  await page.evaluate(async (language) => (await groundwork.load("language")).use(language), language);
  await expect(page.locator("html")).toHaveAttribute("lang", language);
};

test("no page or dialog has a word of English in another language, and back in English all is as it was", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const [left, sources] = [{}, await wordsOfSources()];
  const look = async (name) => {
    // Messages go away by themselves, and parts of pages come one after the other.
    const dismiss = page.getByRole("button", { name: "Dismiss" });
    while (await dismiss.count()) await dismiss.first().click();
    let before;
    await expect(async () => {
      before = await textsOf(page);
      await page.waitForTimeout(500);
      expect(await textsOf(page)).toEqual(before);
    }).toPass();
    for (const language of LANGUAGES.slice(1)) {
      await useLanguage(page, language);
      const texts = await textsOf(page);
      const isEnglish = (text) => ENGLISH.test(text) || (JAPANESE.test(text) && WORD.test(text));
      const english = texts.filter((text) => isEnglish(text) && isEnglish(ours(text, sources)));
      if (english.length) left[`${name}, ${language}`] = english;
    }
    await useLanguage(page, "en");
    expect(await textsOf(page), name).toEqual(before);
  };
  await page.goto("./");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await look("welcome");
  await page.getByRole("button", { name: "Type in totals…" }).click();
  await look("an estate to type in");
  await openSample(page);
  await goToSlug(page, "plan");
  await settled(page);
  await page.getByRole("button", { name: "+ Scenario" }).click();
  for (const slug of SLUGS) {
    await goToSlug(page, slug);
    if (["plan", "cost", "timeline", "compare"].includes(slug)) await settled(page);
    await look(slug);
  }
  for (const { name, slug, open } of DIALOGS) {
    await goToSlug(page, slug);
    await open(page);
    await expect(page.getByRole("dialog").or(page.getByRole("alertdialog")).first()).toBeVisible();
    await look(name);
    await page.keyboard.press("Escape");
    await expect(page.locator("dialog[open]")).toHaveCount(0);
  }
  expect(left).toEqual({});
});

test("a language is chosen by its own name, kept, and found again; numbers are written as it writes them", async ({ page }) => {
  await openSample(page);
  await page.getByLabel("Language").selectOption("Deutsch");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bestand");
  await expect(page).toHaveTitle("Bestand · Groundwork");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bestand");
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  // What comes later comes in German too: the page is not translated once, but what enters it.
  await page.getByRole("link", { name: /^Kosten/ }).click();
  await expect(page.locator('.page[aria-busy="false"]')).toBeVisible({ timeout: 90_000 });
  await expect(page.getByTestId("ledger-total").first()).toContainText(/\d\.\d{3}\s\$ insgesamt/);
  // Dates are written as this language does, with hours from 0 to 23.
  await page.getByRole("button", { name: "Projekte…" }).click();
  await expect(page.getByRole("dialog", { name: "Projekte" }).getByText(/heute, \d\d:\d\d$/).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  // Commands are found by what they are called.
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill("Sprache: Eng");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Cost");
  await expect(page.getByTestId("ledger-total").first()).toContainText(/\$\d+,\d{3}/);
});

test("what is data stays as it is, even where it is called like a message", async ({ page }) => {
  await page.goto("./");
  const csv = "VM,Powerstate,CPUs,Memory,Cluster\nMemory,poweredOn,2,4096,Cost\nRules,poweredOn,4,8192,Cost\n";
  await openFiles(page, { name: "RVTools_tabvInfo.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await expect(page.locator(".kpis").first()).toBeVisible();
  await page.getByLabel("Language").selectOption("Deutsch");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bestand");
  const cells = page.getByRole("grid", { name: "Maschinen", exact: true }).getByRole("row").nth(1).getByRole("gridcell");
  await expect(cells.nth(1)).toHaveText("Memory");
  await expect(cells.nth(2)).toHaveText("Cost");
  await expect(cells.nth(7)).toHaveText("Hinzufügen…");
});

test.describe("in a browser that speaks Japanese", () => {
  test.use({ locale: "ja-JP" });
  test("the page comes in Japanese, and in the language that the address asks for", async ({ page }) => {
    await page.goto("./");
    await expect(page.locator("html")).toHaveAttribute("lang", "ja");
    await page.goto("./?lang=de-CH");
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
  });
});

test("on a phone the choice of language comes after the last page and covers none", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openSample(page);
  const rail = page.getByRole("navigation", { name: "Pages" });
  const last = rail.getByRole("link").last();
  await last.focus();
  await expect(last).toBeInViewport({ ratio: 1 });
  const choice = rail.getByRole("combobox", { name: "Language" });
  const [{ x, width }, { x: after }] = [await last.boundingBox(), await choice.boundingBox()];
  expect(x + width).toBeLessThanOrEqual(after);
  await choice.selectOption("Deutsch");
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
});

test("on a phone, no page is wider than it in any language", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openSample(page);
  const wide = {};
  for (const slug of SLUGS) {
    await goToSlug(page, slug);
    for (const language of LANGUAGES.slice(1)) {
      await useLanguage(page, language);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 390) wide[`${slug}, ${language}`] = width;
    }
    await useLanguage(page, "en");
  }
  expect(wide).toEqual({});
});

test("messages are found whole, filled, and one behind the other", () => {
  const messages = [
    ["Undo", "Rückgängig"],
    ["Undo {0} ({1})", "{0} rückgängig machen ({1})"],
    ["Add rule", "Regel hinzufügen"],
    ["{0} of {1} machines", "{0} von {1} Maschinen"],
    ["{0} machines", "{0} Maschinen"],
    ["Too large", "Zu groß"],
  ];
  const { say } = new Messages(messages, numbersOf("de"));
  const cases = [
    ["Undo", "Rückgängig"],
    [" Undo ", " Rückgängig "],
    ["Undo Add rule (Ctrl Z)", "Regel hinzufügen rückgängig machen (Ctrl Z)"],
    ["1,234 of 12,345 machines", "1.234 von 12.345 Maschinen"],
    ["Too large. srv-01", "Zu groß. srv-01"],
    ["2 machines · Too large", "2 Maschinen · Zu groß"],
    ["Azure machines", "Azure machines"],
    ["what is in many machines", "what is in many machines"],
    ["srv-01", "srv-01"],
    ["", ""],
  ];
  for (const [english, german] of cases) expect(say(english)).toBe(german);
});

test("numbers are told from versions and addresses", () => {
  const german = numbersOf("de");
  const cases = [
    ["$1,234,567", "1.234.567\u{a0}$"],
    ["−$412", "−412\u{a0}$"],
    ["$15.9 M", "15,9\u{a0}Mio.\u{a0}$"],
    ["$8.3681", "8,3681\u{a0}$"],
    ["CHF\u{a0}1,200", "1.200\u{a0}CHF"],
    ["34.85 TiB", "34,85 TiB"],
    ["0.6 %", "0,6 %"],
    ["10.20.30.40", "10.20.30.40"],
    ["ESXi 7.0.3 build", "ESXi 7.0.3 build"],
    ["m5.2xlarge", "m5.2xlarge"],
  ];
  for (const [english, written] of cases) expect(german(english)).toBe(written);
  expect(numbersOf("ja")("$15.9 M")).toBe("$1590万");
});
