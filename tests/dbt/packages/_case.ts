/** One generic test of dbt/packages on rows that it must let pass, and on rows that it must not. */
export interface PackageCase {
  /** `package.test`. */
  readonly test: string;
  /** Its arguments; `OTHER` stands for the relation of `other`. */
  readonly args: Readonly<Record<string, unknown>>;
  /** Queries for the rows of the tested relation. */
  readonly good: string;
  readonly bad: string;
  /** What the test counts on the bad rows. */
  readonly failures: number;
  /** Query for the rows of the relation that the argument `OTHER` names. */
  readonly other?: string;
  /** Compiles only where there is a table to look columns up in. */
  readonly looksUp?: boolean;
}

export const OTHER = "OTHER";

/** A query for rows of the columns a, b, c, …; every value is a SQL expression. */
export function rows(...values: readonly (readonly (string | number | null)[])[]): string {
  const lines = values.map((row) => `(${row.map((value) => value ?? "null").join(", ")})`);
  const names = values[0]!.map((_, i) => "abcdef"[i]);
  return `select * from (values ${lines.join(", ")}) as t (${names.join(", ")})`;
}
