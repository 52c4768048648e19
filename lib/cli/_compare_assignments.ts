import type { ComparedMigrations, Missing } from "feira/report";
import { migrations, parseAssignments, type SavedAssignments } from "feira/segments";
import type { Workspace } from "feira/workspace";
import type { HistoryEntry } from "./_history.ts";
import { maybeKept } from "./_kept.ts";

/** Who moved between the segments that two runs left published, or why it cannot be said. */
export async function compareAssignments(
  workspace: Workspace,
  runs: { readonly before: HistoryEntry; readonly after: HistoryEntry },
): Promise<readonly ComparedMigrations[] | Missing> {
  const before = await readAssignments(workspace, runs.before);
  if ("why" in before) return before;
  const after = await readAssignments(workspace, runs.after);
  if ("why" in after) return after;
  const isDivided = [before, after].some(({ subassignments }) => subassignments.size > 0);
  return [
    {
      title: "Segments",
      before: namesOf(before, before.assignments),
      after: namesOf(after, after.assignments),
      ways: migrations(before.assignments, after.assignments),
    },
    ...(isDivided ? [compareFinest(before, after)] : []),
  ];
}

function compareFinest(before: SavedAssignments, after: SavedAssignments): ComparedMigrations {
  const [then, now] = [before, after].map(({ assignments, subassignments }) =>
    new Map([...assignments, ...subassignments])
  ) as [Map<string, number>, Map<string, number>];
  return {
    title: "Sub-segments, and segments that are not divided",
    before: namesOf(before, then),
    after: namesOf(after, now),
    ways: migrations(then, now),
  };
}

/** Of the segments that have customers, by id. */
function namesOf(
  { segments }: SavedAssignments,
  assignments: ReadonlyMap<string, number>,
): Map<number, string> {
  const names = new Map(segments.map(({ id, name }) => [id, name]));
  const ids = [...new Set(assignments.values())].sort((a, b) => a - b);
  return new Map(ids.map((id) => [id, names.get(id) ?? `Segment ${id}`]));
}

async function readAssignments(
  workspace: Workspace,
  { started, kept }: HistoryEntry,
): Promise<SavedAssignments | Missing> {
  if (kept === undefined) {
    return { why: `The run of ${started} was made before Feira kept who was in which segment` };
  }
  if (kept.assignments === undefined) {
    return {
      why:
        `When the run of ${started} ended, it was not known who was in which segment: no segments were published, or by an earlier version of Feira`,
    };
  }
  const [customers, segments] = await Promise.all([
    maybeKept(workspace, kept.assignments.customers),
    maybeKept(workspace, kept.assignments.segments),
  ]);
  if (customers === undefined || segments === undefined) {
    return { why: `Who was in which segment after the run of ${started} was removed` };
  }
  return parseAssignments({ customers, segments });
}
