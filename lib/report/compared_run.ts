import type { SiteRun } from "./site_spec.ts";

/** A run as it is remembered, to be put beside another. */
export interface ComparedRun extends SiteRun {
  readonly end: "done" | "failed" | "interrupted";
  /** What it was asked for, as it could have been typed; `""` for nothing special. */
  readonly asked: string;
  /** What was the same in both runs is told by these being equal: data, model, versions. */
  readonly fingerprints: readonly { readonly label: string; readonly value: string }[];
}
