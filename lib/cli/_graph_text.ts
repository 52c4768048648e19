import { type PlannedNotebook, toRails } from "feira/notebook";
import { layOut, type TextColumn } from "./_text_table.ts";

const COLUMNS: readonly TextColumn[] = [
  { title: "notebook" },
  { title: "state" },
  { title: "took", align: "right" },
  { title: "writes" },
  { title: "why" },
];

/**
 * The graph for people: a line for each notebook in the order of a run, rails at
 * the left for what it needs. Edges that others imply are left out. At most 100
 * characters wide, unless a single word is too long.
 */
export function toGraphText(plan: readonly PlannedNotebook[]): string[] {
  const rails = toRails(plan, ({ state }) => state === "fresh" ? "●" : "○");
  const margin = rails[0]?.at.length ?? 0;
  const rows = plan.map(({ name, state, last, writes, why }) => [
    name,
    state,
    last ? `${last.seconds.toFixed(1)} s` : "",
    describe(writes),
    why,
  ]);
  const [titles, ...lines] = layOut(COLUMNS, rows, { width: 100 - margin - 2 });
  const body = rails.flatMap(({ above, at, beside, below }, i) => [
    ...above,
    ...lines[i]!.map((line, j) => `${j === 0 ? at : beside}  ${line}`),
    ...below,
  ]);
  return [`${" ".repeat(margin)}  ${titles![0]}`, ...body].map((line) => line.trimEnd());
}

/** As "raw_olist.*, 21 tables, 1 file". */
function describe(writes: readonly string[]): string {
  const isPath = (resource: string) => resource.includes("/");
  const all = writes.filter((resource) => resource.endsWith(".*"));
  const tables = writes.filter((resource) => !isPath(resource) && !all.includes(resource));
  const files = writes.filter((resource) => isPath(resource) && !resource.endsWith("/"));
  const folders = writes.filter((resource) => isPath(resource) && resource.endsWith("/"));
  return [
    ...all,
    ...count(tables, "table"),
    ...count(folders, "folder"),
    ...count(files, "file"),
  ].join(", ");
}

function count(things: readonly unknown[], name: string): string[] {
  if (things.length === 0) return [];
  return [`${things.length} ${name}${things.length === 1 ? "" : "s"}`];
}
