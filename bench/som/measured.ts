import type { Turns } from "../shared/take_turns.ts";
import type { Stage } from "./stage.ts";

/** One comparison of the two sides. */
export interface Measured extends Turns {
  readonly name: string;
  /** The peer as its makers call it. */
  readonly against: string;
  /** What both sides did. */
  readonly work: string;
  /** How far the two results are apart; null where they cannot be compared. */
  readonly agreement: number | null;
  /** More figures for the JSON line. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** What measures one or more comparisons. */
export interface Case {
  /** For `--only`. */
  readonly name: string;
  readonly measure: (stage: Stage) => Promise<readonly Measured[]>;
}

/** Whole numbers with their thousands set off: 1,000,000. */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}
