import type { PlannedNotebook } from "feira/notebook";
import { layOut, type TextColumn, wrap } from "./_text_table.ts";

const COLUMNS: readonly TextColumn[] = [
  { title: "notebook" },
  { title: "state" },
  { title: "last run, UTC" },
  { title: "took", align: "right" },
  { title: "why" },
];
const WIDTH = 100;

/**
 * How things stand, for people: a line for each notebook and below it the tables
 * that it writes, at most 100 characters wide.
 */
export function toStatusText(plan: readonly PlannedNotebook[]): string[] {
  const rows = plan.map(({ name, state, why, last }) => [
    name,
    state,
    last ? last.started.replace("T", " ").replace("Z", "") : "never",
    last ? `${last.seconds.toFixed(1)} s` : "",
    why,
  ]);
  const [titles, ...lines] = layOut(COLUMNS, rows, { width: WIDTH });
  return [
    ...titles!,
    ...plan.flatMap(({ writes }, i) => [
      ...lines[i]!,
      ...describeTables(writes).flatMap((text) =>
        wrap(text, WIDTH - 4).map((line, j) => `${" ".repeat(j === 0 ? 2 : 4)}${line}`)
      ),
    ]),
  ];
}

/** A text for each dataset, as "writes raw_olist: orders, customers". */
function describeTables(writes: readonly string[]): string[] {
  const tables = writes.filter((resource) => !resource.includes("/"))
    .map((resource) => resource.split(".") as [dataset: string, table: string]);
  const byDataset = Map.groupBy(tables, ([dataset]) => dataset);
  return [...byDataset].map(([dataset, entries]) => {
    const names = entries.map(([, table]) => table === "*" ? "all tables" : table);
    return `writes ${dataset}: ${names.join(", ")}`;
  });
}
