import type { PipelineEvent } from "feira/notebook";

const MARKS = { ran: "✓", fresh: "·", failed: "✗", skipped: " " } as const;

/** What became of a notebook, in one line; undefined for all other events. */
export function maybeResultLine(event: PipelineEvent): string | undefined {
  if (event.type !== "notebook finished") return undefined;
  const { state, notebook, seconds, why } = event;
  if (state === "skipped" && why === "not selected") return undefined;
  const end = state === "fresh"
    ? ["fresh", ...(why === "" ? [] : [why])].join(": ")
    : state === "skipped"
    ? `not run: ${why}`
    : `${state === "ran" ? "ran" : "failed"} in ${seconds.toFixed(1)} s`;
  return `${MARKS[state]} ${notebook.padEnd(14)} ${end}`;
}
