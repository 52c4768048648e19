/** One setting that a notebook was run with. */
export interface GridRun {
  /** Names its page: `k=3`. */
  readonly name: string;
  /** Of the grid, by name. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  readonly state: "ran" | "failed";
  readonly seconds: number;
  /** What it failed with. */
  readonly why?: string | undefined;
  /** The notebook's executed copy; absent when the run did not come to it. */
  readonly executedPath?: string | undefined;
}
