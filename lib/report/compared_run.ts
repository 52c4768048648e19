import type { SiteRun } from "./site_spec.ts";

/** A run as it is remembered, to be put beside another. */
export interface ComparedRun extends SiteRun {
  readonly end: "done" | "failed" | "interrupted";
  /** What it was asked for, as it could have been typed; `""` for nothing special. */
  readonly asked: string;
  /** What was the same in both runs is told by these being equal: data, model, versions. */
  readonly fingerprints: readonly { readonly label: string; readonly value: string }[];
  /** The executed notebooks as the run left them, or why there are none. */
  readonly executed: readonly ExecutedCopy[] | Missing;
}

/** The text of an executed notebook. */
export interface ExecutedCopy {
  readonly name: string;
  /** JSON of nbformat 4. */
  readonly text: string;
}

/** Why a comparison cannot show something: a sentence without its final period. */
export interface Missing {
  readonly why: string;
}

/** Where the customers of one level's segments went between two runs. */
export interface ComparedMigrations {
  /** As `Segments`. */
  readonly title: string;
  /** Names by the segments' ids, in the order of rows and of columns. */
  readonly before: ReadonlyMap<number, string>;
  readonly after: ReadonlyMap<number, string>;
  readonly ways: readonly {
    /** Absent for new customers. */
    readonly from?: number;
    /** Absent for customers who are gone. */
    readonly to?: number;
    readonly customers: number;
  }[];
}

/** Whether it says why there is nothing. */
export function isMissing<T extends object>(value: T | Missing): value is Missing {
  return "why" in value;
}
