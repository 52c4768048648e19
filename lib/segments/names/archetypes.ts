import { FeiraError } from "feira/workspace";
import { parseCsv } from "./parse_csv.ts";

/** A name that a segment can earn; see {@linkcode checkConditions}. */
export interface Archetype {
  readonly archetype_id: string;
  readonly name: string;
  readonly conditions: string;
  readonly description: string;
  readonly insight: string;
  readonly strategy: string;
}

const COLUMNS = [
  ...["archetype_id", "name", "conditions", "description", "insight", "strategy"] as const,
];

/**
 * Reads `seeds/segment_archetypes.csv`; an earlier archetype goes before a later
 * one.
 *
 * @throws {FeiraError} `data` when a column is missing, a value is empty or a name comes twice
 */
export async function readArchetypes(path: string): Promise<Archetype[]> {
  const [header = [], ...rows] = parseCsv(await Deno.readTextFile(path));
  const missing = COLUMNS.find((column) => !header.includes(column));
  if (missing !== undefined) {
    throw new FeiraError(
      "data",
      `Cannot read archetypes: ${path} has columns ${header.join(", ")}, must have ${missing}`,
    );
  }
  const names = new Set<string>();
  return rows.map(({ ...row }, at) => {
    const archetype = Object.fromEntries(
      COLUMNS.map((column) => [column, (row[header.indexOf(column)] ?? "").trim()]),
    ) as unknown as Archetype;
    const empty = COLUMNS.find((column) => archetype[column] === "");
    if (empty !== undefined || names.has(archetype.name)) {
      const problem = empty === undefined ? `name ${archetype.name} again` : `no ${empty}`;
      throw new FeiraError(
        "data",
        `Cannot read archetypes: found ${problem} in row ${
          at + 1
        } of ${path}, must have each column and a name of its own`,
      );
    }
    names.add(archetype.name);
    return archetype;
  });
}
