import type { GroundworkProjectFile } from "./project.js";
import type { Budget, Confidence, Emissions, Ledger, Outcome, Outlook } from "./plan.js";

export type * from "./plan.js";
export type { GroundworkProjectFile } from "./project.js";

/** A file with a name. RVTools workbooks and CSV files, zip archives of them, project files and workbooks of Groundwork. */
export type InputFile = File | Blob | { name: string; content: string | ArrayBuffer | ArrayBufferView<ArrayBuffer> | Blob };

/** What may be left out is left out: it has its default then. */
export type Partly<T> = T extends object ? { [K in keyof T]?: Partly<T[K]> } : T;

/** A project: the content of its file, or what that says. */
export type ProjectInput = string | ArrayBuffer | ArrayBufferView<ArrayBuffer> | Blob | Partly<GroundworkProjectFile>;

export interface Imported {
  /** The project, as its file says it: `JSON.stringify` makes one that the app opens. */
  project: GroundworkProjectFile;
  /** What was put right in a project, as sentences. What an inventory did not say is in `project.project.report`. */
  notes: string[];
}

export interface PlanOptions {
  /** The name of a scenario, or its number from 1; the first one unless given. */
  scenario?: string;
  /** How long better plans are looked for, in steps: at most 100,000, those of the scenario unless given. The same number gives the same plan. */
  steps?: number;
  /** The seed of what is left open. */
  seed?: number;
}

export interface CostOptions extends PlanOptions {
  /** How many draws tell how sure the money is: at most 100,000, none unless given. */
  draws?: number;
}

export interface Planned {
  /** The name of the project. */
  project: string;
  /** The name of the scenario. */
  scenario: string;
  /** The day of the catalogue that prices come from. */
  catalog_as_of: string;
  /** How much work the plan was given. */
  budget: Budget;
  /** Where everything goes and why; `plan_hash` in it is the same in the app and on the command line. */
  outcome: Outcome;
}

/** Amounts are in millionths of the currency. */
export interface Costed {
  /** The name of the project. */
  project: string;
  /** The name of the scenario. */
  scenario: string;
  /** The day of the catalogue that prices come from. */
  catalog_as_of: string;
  /** The plan that this is the cost of. */
  plan_hash: string;
  /** ISO 4217. */
  currency: string;
  /** Over the horizon of the scenario, with growth and changes of prices: the sum of the lines of `ledger`. */
  total: number;
  /** What staying as is costs over the same time. */
  staying_total: number;
  /** In a usual month. */
  monthly: number;
  /** What staying as is costs in a usual month. */
  staying_monthly: number;
  /** Every line of the plan's money, with growth and changes of prices. */
  ledger: Ledger;
  /** Every line of what staying costs. */
  staying: Ledger;
  /** Both over the years, with growth and changes of prices. */
  outlook: Outlook;
  /** How sure that is; `null` unless draws were asked for. */
  confidence: Confidence | null;
  /** Energy and carbon of the plan. */
  emissions: Emissions;
  /** Energy and carbon of staying. */
  staying_emissions: Emissions;
}

export interface CheckOptions {
  /** The name of a scenario, or its number from 1; the first one unless given. */
  scenario?: string;
}

/** What the checker says of a plan. It shares no code with what finds plans. */
export interface Checked {
  /** The name of the project. */
  project: string;
  /** The name of the scenario. */
  scenario: string;
  /** The day of the catalogue that prices come from: with other prices than those of the plan, its cost and its bound are refused. */
  catalog_as_of: string;
  /** Whether every machine is where it may be, everything fits also after failures, all rules hold, and cost and bound are what the plan says. */
  accepted: boolean;
  /** What is wrong, as sentences; empty for an accepted plan. */
  violations: string[];
  /** SHA-256 of the plan. */
  plan_hash: string;
  /** What the plan says that it costs, over the horizon, in millionths of the currency. */
  cost: number;
  /** What the plan says that no other can cost less than, in millionths of the currency. */
  lower_bound: number;
  /** How far the cost may be from the best possible, in millionths. */
  gap_ppm: number;
  /** Machines without a place. */
  unplaced: number;
}

/** Makes a project of an inventory, or opens one. Rejected with the reason where nothing could be read. */
declare function importFiles(files: InputFile | Iterable<InputFile>): Promise<Imported>;
export { importFiles as import };

/** Sizes, places and costs a scenario of a project. */
export declare function plan(project: ProjectInput, options?: PlanOptions): Promise<Planned>;

/** What a scenario of a project costs, beside staying. After `plan` of the same, without planning again. */
export declare function cost(project: ProjectInput, options?: CostOptions): Promise<Costed>;

/**
 * Evaluates a plan of a scenario again, as `groundwork check` does: what `plan` gave, or the text of it that was kept, or what `groundwork plan --json` wrote.
 * Where amounts are so large that `plan` rounded them, above nine thousand million of the currency, only the text of the command line is exact enough.
 */
export declare function check(project: ProjectInput, planned: string | Pick<Planned, "outcome">, options?: CheckOptions): Promise<Checked>;

/** Says where the folder `engine` of the package lies, which is beside `engine.js` unless said. It must be at the page's own origin. */
export declare function configure(options: { from: string | URL }): void;

/** Ends the worker: what is not answered is rejected, and the next call starts a new one. */
export declare function end(): void;
