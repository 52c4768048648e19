/** A column of a built relation. */
export interface Column {
  readonly name: string;
  /** As DuckDB's information schema names it. */
  readonly type: string;
}

/** The ways in which a model is broken. */
export const KINDS = [
  "drop a row",
  "double a row",
  "null a key",
  "shift a date",
  "swap two columns",
] as const;

export type Kind = typeof KINDS[number];

/** One way to break one relation. */
export interface Mutant {
  readonly kind: Kind;
  /** The column, or the two. */
  readonly what: string;
  /** A statement that breaks the table `mutant`, whose rows are in a fixed order. */
  readonly sql: string;
}

const DATES = ["DATE", "TIMESTAMP"];

/**
 * The mutants of a relation: a row dropped, a row doubled, each key column null
 * in one row, each date or timestamp, and each date id, a day later in one row,
 * and each two neighbours of the same type swapped in all rows.
 *
 * @param place which row is broken, as a share of the rows, 0 to 1: one mistake
 * in the middle is harder to see than one at the edge.
 */
export function mutantsOf(
  columns: readonly Column[],
  { keys, place = 0.5 }: { readonly keys: readonly string[]; readonly place?: number },
): Mutant[] {
  const nth = (condition: string) =>
    `rowid = (select rowid from mutant where ${condition} order by rowid
      offset (select floor(count(*) * ${place}) from mutant where ${condition}) limit 1)`;
  const dates = columns.filter(({ type }) => DATES.includes(type));
  const dateIds = columns.filter(({ name, type }) => name.endsWith("date_id") && type === "BIGINT");
  return [
    { kind: "drop a row", what: "", sql: `delete from mutant where ${nth("true")}` },
    {
      kind: "double a row",
      what: "",
      sql: `insert into mutant select * from mutant where ${nth("true")}`,
    },
    ...columns.filter(({ name }) => keys.includes(name)).map(({ name }): Mutant => ({
      kind: "null a key",
      what: name,
      sql: `update mutant set ${name} = null where ${nth(`${name} is not null`)}`,
    })),
    ...dates.map(({ name }): Mutant => ({
      kind: "shift a date",
      what: name,
      sql: `update mutant set ${name} = ${name} + interval 1 day where ${
        nth(`${name} is not null`)
      }`,
    })),
    ...dateIds.map(({ name }): Mutant => ({
      kind: "shift a date",
      what: name,
      sql: `update mutant set ${name} = strftime(strptime(${name}::varchar, '%Y%m%d')
        + interval 1 day, '%Y%m%d')::bigint where ${nth(`${name} is not null`)}`,
    })),
    ...pairsOfOneType(columns).map(([a, b]): Mutant => ({
      kind: "swap two columns",
      what: `${a}, ${b}`,
      sql: `update mutant set ${a} = ${b}, ${b} = ${a} where ${a} is distinct from ${b}`,
    })),
  ];
}

/** Each column with the next one of its type. */
function pairsOfOneType(columns: readonly Column[]): [string, string][] {
  return columns.flatMap(({ name, type }, i): [string, string][] => {
    const next = columns.slice(i + 1).find((other) => other.type === type);
    return next === undefined ? [] : [[name, next.name]];
  });
}
