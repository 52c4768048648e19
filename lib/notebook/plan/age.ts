import { isAbsolute } from "node:path";
import type { GraphNode } from "../graph.ts";
import type { NotebookState } from "./state.ts";

/** How old results from outside may be, and what time it is. */
export interface AgeLimit {
  readonly seconds: number;
  readonly now: Temporal.Instant;
}

/**
 * Why a notebook is too old; undefined for one that is young enough, and for one
 * that reads anything inside the workspace: the content of that tells whether it
 * is stale, while what lies outside may have changed unseen.
 */
export function maybeTooOld(
  node: Pick<GraphNode, "reads">,
  last: NotebookState,
  limit: AgeLimit | undefined,
): string | undefined {
  if (limit === undefined || !isIngestion(node)) return undefined;
  const age = limit.now.since(Temporal.Instant.from(last.started)).total("seconds");
  if (age <= limit.seconds) return undefined;
  return `its last run is ${formatAge(age)} old, may be ${formatAge(limit.seconds)}`;
}

/** Whether a notebook takes its data from outside of the workspace alone. */
export function isIngestion({ reads }: Pick<GraphNode, "reads">): boolean {
  return reads.every((resource) => isAbsolute(resource));
}

const UNITS = [["days", 86_400], ["hours", 3_600], ["minutes", 60]] as const;

/** "26 hours", in the largest unit of which there are two, rounded down. */
function formatAge(seconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => seconds >= 2 * size) ?? ["seconds", 1];
  return `${Math.floor(seconds / size)} ${unit}`;
}
