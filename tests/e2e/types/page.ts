// A page of somebody else's in TypeScript: what the types of the package allow, and what they refuse. `journeys/types.spec.js` compiles it.
import "groundwork-planner";
import type { GroundworkPlanner } from "groundwork-planner";
import * as groundwork from "groundwork-planner/engine";
import type { Checked, Costed, GroundworkProjectFile, Imported, Outcome, Planned } from "groundwork-planner/engine";

/** Every function of the engine, with what it takes and what comes of it. */
export async function all(files: FileList): Promise<string> {
  groundwork.configure({ from: "/assets/groundwork/" });
  const { project, notes }: Imported = await groundwork.import(files);
  await groundwork.import({ name: "RVTools_tabvInfo.csv", content: "VM\n" });
  const planned: Planned = await groundwork.plan(project, { scenario: "Plan A", steps: 100, seed: 1 });
  const costed: Costed = await groundwork.cost(JSON.stringify(project), { draws: 1000 });
  const checked: Checked = await groundwork.check(project, planned, { scenario: "1" });
  await groundwork.check(project, JSON.stringify(planned));
  const unplaced: number = planned.outcome.plan.unplaced.length;
  const hash: string = planned.outcome.plan_hash;
  const lines = costed.ledger.lines.map(({ label, total }) => `${label} ${total / 1e6} ${costed.currency}`);
  const months: number | undefined = costed.outlook.break_even_month ?? undefined;
  groundwork.end();
  return [notes.join(), unplaced, hash, ...lines, months, checked.accepted ? "accepted" : checked.violations.join()].join("\n");
}

/** A project of one's own has what differs from the defaults only. */
export const own: groundwork.ProjectInput = { schema_version: 4, project: { name: "Mine" } };

/** What a project file has, and what a result has. */
export const machines = (file: GroundworkProjectFile): number => file.project.estate.machines.length;
export const places = (outcome: Outcome): number => outcome.plan.places.length;

/** The element, by its name. */
export async function element(): Promise<void> {
  const planner: GroundworkPlanner = document.createElement("groundwork-planner");
  planner.addEventListener("save", ({ detail }) => console.log(detail.name, "project" in detail ? detail.project.length : detail.content.byteLength));
  planner.addEventListener("ready", ({ detail }) => console.log(detail.build));
  await planner.load(await planner.export());
  await planner.setTheme("dark");
  await planner.goTo("cost");
  planner.destroy();
}

/** Each of these is a mistake that the types find: where one does not, the comment above it is the error. */
export async function mistakes(project: GroundworkProjectFile, planned: Planned, planner: GroundworkPlanner): Promise<void> {
  // @ts-expect-error a file has a name
  await groundwork.import({ content: "VM\n" });
  // @ts-expect-error the name of a scenario, or its number as text
  await groundwork.plan(project, { scenario: 1 });
  // @ts-expect-error draws belong to the cost
  await groundwork.plan(project, { draws: 10 });
  // @ts-expect-error a plan is what is checked
  await groundwork.check(project);
  // @ts-expect-error a plan has no such field
  planned.outcome.plan.machines;
  // @ts-expect-error a project says whole numbers where it counts
  await groundwork.cost({ project: { scenarios: [{ search: { steps: "many" } }] } });
  // @ts-expect-error there is no such page
  await planner.goTo("home");
}
