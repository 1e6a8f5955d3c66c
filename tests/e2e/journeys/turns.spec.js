// The engine searches in turns: what is asked of it during a long search does not wait for the end of that.
import { go, openSample, planned } from "../app.js";
import { expect, test } from "../fixtures.js";

// What is heard while a plan is looked for: that must take a while.
test.use({ steps: null });

/** In the page: notes what is said between it and the engine as `[who, number of the request, bytes]`, in its order. */
function listen() {
  window.said = [];
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, transfer) {
    if (!this.isHeard) this.addEventListener("message", ({ data }) => window.said.push(["engine", data[0], data[1]?.length]));
    this.isHeard = true;
    window.said.push(["page", message[0], message[1].length]);
    return postMessage.call(this, message, transfer);
  };
}

/** In the page: waits until a first plan is on screen and a better one is looked for. */
const improving = (page) => page.waitForFunction(() => document.querySelector(".improving-text"), null, { timeout: 30_000 });

/** The switch that says whether the first footprint is used. */
const useOrNot = (page) => page.getByRole("switch", { name: /^Use / }).first();

const saidSince = (page, from) => page.evaluate((from) => window.said.slice(from), from);

test.beforeEach(async ({ page }) => page.addInitScript(listen));

test("an edit during a search is planned at once, and the search is given up", async ({ page }) => {
  await openSample(page);
  await go(page, "Footprints");
  await improving(page);
  const from = await useOrNot(page).evaluate((element) => {
    if (!document.querySelector(".improving-text")) throw Error("the search has ended already");
    const from = window.said.length;
    element.click();
    return from;
  });
  const isPlan = ([who, , bytes]) => who === "engine" && bytes > 100;
  const [, search] = (await saidSince(page, 0)).slice(0, from).findLast(isPlan);
  const of = async (wanted) => (await saidSince(page, from)).filter(([who, number]) => who === "engine" && number === wanted);
  // Of what the page asked for after the edit, to store it and to plan it, one is answered with a plan.
  const isAnswered = async () => {
    const said = await saidSince(page, from);
    const asked = said.filter(([who]) => who === "page").map(([, number]) => number);
    return said.some((one) => isPlan(one) && asked.includes(one[1]));
  };
  await expect.poll(isAnswered).toBe(true);
  // The search before ended with the word that it was given up, and not with a plan.
  const [, , bytes] = (await of(search)).at(-1);
  expect(bytes).toBeLessThan(10);
  await improving(page);
});

test("a search that is stopped leaves the engine ready for the next", async ({ page }) => {
  let engines = 0;
  page.on("worker", () => (engines += 1));
  await openSample(page);
  await improving(page);
  const isPlan = ([who, , bytes]) => who === "engine" && bytes > 100;
  const [, search] = (await saidSince(page, 0)).findLast(isPlan);
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(page.locator(".improving-text")).toHaveCount(0);
  // Its last word is the best that it has found, and not that it was given up.
  expect(isPlan((await saidSince(page, 0)).filter(([who, number]) => who === "engine" && number === search).at(-1))).toBe(true);
  await go(page, "Footprints");
  await useOrNot(page).click();
  await improving(page);
  await go(page, "Plan");
  await planned(page);
  expect(engines).toBe(1);
});

test("the project is stored while a better plan is looked for", async ({ page }) => {
  await openSample(page);
  await improving(page);
  const whenSaved = await page.waitForFunction(() => {
    const isSaved = [...document.querySelectorAll("[role=status]")].some((status) => status.textContent === "Saved");
    return isSaved && { isImproving: !!document.querySelector(".improving-text") };
  });
  expect(await whenSaved.jsonValue()).toEqual({ isImproving: true });
});
