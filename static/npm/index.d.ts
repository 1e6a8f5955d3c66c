/** The element `<groundwork-planner>`; importing the package defines it. `docs/embedding.md` of Groundwork describes attributes, methods and events. */
export interface GroundworkPlanner extends HTMLElement {
  /** Shows a project: the content of its file. Rejected with the reason where it is not one. */
  load(project: string | ArrayBuffer | Uint8Array | Blob): Promise<void>;
  /** The project as it is now, as the text of its file. */
  export(): Promise<string>;
  setTheme(theme: "light" | "dark"): Promise<void>;
  goTo(page: "estate" | "footprints" | "rules" | "plan" | "cost" | "timeline" | "compare" | "share"): Promise<void>;
  /** Removes the frame; the content of the element is shown again. */
  destroy(): void;

  addEventListener<K extends keyof GroundworkPlannerEvents>(
    type: K,
    listener: (event: CustomEvent<GroundworkPlannerEvents[K]>) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

/** What each event carries as its `detail`. */
export interface GroundworkPlannerEvents {
  ready: { build: string };
  /** `project` with the attribute `autosave`. */
  change: { project?: string };
  /** Unless `preventDefault()` is called, the visitor gets a download. */
  save: { name: string; mime: "application/json"; project: string } | { name: string; mime: string; content: ArrayBuffer };
  export: { project: string };
  resize: { height: number };
  error: { message: string };
}

declare global {
  interface HTMLElementTagNameMap {
    "groundwork-planner": GroundworkPlanner;
  }
}
