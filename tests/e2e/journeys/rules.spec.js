// Rules that cannot all be kept, and machines that a rule leaves without a place: the app names what is wrong, and what it says helps.
import { figure, go, openFiles, settled } from "../app.js";
import { expect, test } from "../fixtures.js";

/** Opens the sample with rules about one of its machines, which `rules` makes of the machine's id and the ids of the footprints. Gives the machine's name. */
async function openWithRules(page, sample, rules) {
  const file = JSON.parse(sample.text);
  const [scenario] = file.project.scenarios;
  const machine = file.project.estate.machines.find(({ name, power }) => name.startsWith("bi-app") && power === "on");
  const footprints = scenario.footprints.filter(({ enabled }) => enabled).map(({ id }) => id);
  scenario.rules = rules(machine.id, footprints).map((kind, at) => ({ id: at + 1, enabled: true, kind }));
  scenario.search.steps = 20;
  await page.goto("./");
  await openFiles(page, { name: "rules.groundwork.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(file)) });
  await expect(page.locator(".kpis").first()).toBeVisible({ timeout: 30_000 });
  await go(page, "Plan");
  await settled(page);
  return machine.name;
}

const withoutPlace = async (page) => Number((await figure(page, "Machines without a place")).value);

test("rules that contradict each other are both named, and one of them let go gives the machine a place", async ({ page, sample }) => {
  const name = await openWithRules(page, sample, (id, [one, other]) => [
    { pin: { machines: { machines: [id] }, footprint: one } },
    { pin: { machines: { machines: [id] }, footprint: other } },
  ]);
  expect(await withoutPlace(page)).toBe(1);
  await go(page, "Rules");
  const conflict = page.getByRole("status").filter({ hasText: "These cannot all be kept, for 1 machine" });
  const switches = page.getByRole("switch", { name: new RegExp(`^${name} must run in `) });
  await expect(switches).toHaveCount(2);
  for (const rule of await switches.all()) await expect(conflict).toContainText(await rule.evaluate((it) => it.labels[0].textContent));
  await switches.first().uncheck({ force: true });
  await expect(conflict).toHaveCount(0);
  await go(page, "Plan");
  await settled(page);
  expect(await withoutPlace(page)).toBe(0);
});

test("a machine without a place says what would give it one, and that does", async ({ page, sample }) => {
  // One rule leaves it one place, and the other takes that away.
  const name = await openWithRules(page, sample, (id, [one]) => [
    { pin: { machines: { machines: [id] }, footprint: one } },
    { forbid: { machines: { machines: [id] }, footprint: one } },
  ]);
  expect(await withoutPlace(page)).toBe(1);
  const card = page.locator(".card", { has: page.getByRole("heading", { name: "No place yet" }) });
  await expect(card.getByRole("button", { name })).toBeVisible();
  const remedy = (await card.locator("li > span").last().innerText()).replace(/^Switch off: /, "");
  await go(page, "Rules");
  // The list says the name of the machine where the remedy says `1 machine`.
  const [, words] = / (must (?:not )?run in .*)$/.exec(remedy);
  await page.getByRole("switch", { name: `${name} ${words}` }).uncheck({ force: true });
  await go(page, "Plan");
  await settled(page);
  expect(await withoutPlace(page)).toBe(0);
  await expect(card).toHaveCount(0);
});
