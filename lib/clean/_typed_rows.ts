import pl, { type DataFrame, type Expr } from "nodejs-polars";
import type { ColumnContract, TableContract } from "feira/olist";
import { CleanError } from "./clean_error.ts";
import { COLUMN_RULES } from "./_column_rules.ts";
import { quote } from "./_quote.ts";
import { type RawRows, ROW } from "./_raw_rows.ts";
import { type Changed, type Changes, countMatches } from "./_text_rules.ts";

/** Repairs ids, zip prefixes and integers that only their form keeps from being right. */
export function applyRepairs(frame: DataFrame, contract: TableContract): Changed {
  const changed: Changes = {};
  let result = frame;
  for (const { name, type } of contract.columns) {
    const { repair } = COLUMN_RULES[type];
    if (!repair) continue;
    const values = countMatches(result, [name], repair.pattern)[name]!;
    changed[repair.rule] = (changed[repair.rule] ?? 0) + values;
    if (values === 0) continue;
    const text = pl.col(name);
    const repaired = pl.when(text.str.contains(repair.pattern)).then(repair.apply(text))
      .otherwise(text);
    result = result.withColumn(repaired.alias(name));
  }
  return { frame: result, changed };
}

/** The typed twin of a text column, beside it in the frame of {@linkcode withTyped}. */
function typed({ name }: ColumnContract): Expr {
  return pl.col(`${name}#typed`);
}

/** Adds to each text column its typed twin. */
export function withTyped(frame: DataFrame, contract: TableContract): DataFrame {
  return frame.withColumns(
    ...contract.columns.map(({ name, type }) =>
      COLUMN_RULES[type].toTyped(pl.col(name)).alias(`${name}#typed`)
    ),
  );
}

/** Only the typed columns, under the contract's names. */
export function onlyTyped(frame: DataFrame, contract: TableContract): DataFrame {
  return frame.select(...contract.columns.map((column) => typed(column).alias(column.name)));
}

/**
 * Stops at the first row, in the file's order, with a value that its column
 * cannot have.
 *
 * @throws {CleanError} naming the value as the file has it, the line and the column.
 */
export async function assertValues(
  frame: DataFrame,
  { contract, raw }: { readonly contract: TableContract; readonly raw: RawRows },
): Promise<void> {
  if (frame.height === 0) return;
  const firsts = frame.select(
    ...contract.columns.map((column) =>
      pl.when(isImpossible(column)).then(pl.col(ROW)).otherwise(pl.lit(null)).min()
        .alias(column.name)
    ),
  ).row(0) as (number | null)[];
  const rows = firsts.filter((row) => row !== null);
  if (rows.length === 0) return;
  const row = Math.min(...rows);
  const column = contract.columns[firsts.indexOf(row)]!;
  const value = raw.frame.filter(pl.col(ROW).eq(row)).getColumn(column.name).get(0) as string;
  throw new CleanError(
    `${column.name} is ${quote(value)}`,
    COLUMN_RULES[column.type].must(column),
    {
      table: contract.name,
      file: contract.file,
      line: (await raw.linesOf([row])).get(row)!,
      column: column.name,
    },
  );
}

function isImpossible(column: ColumnContract): Expr {
  const rule = COLUMN_RULES[column.type];
  const text = pl.col(column.name);
  const faults = [text.isNotNull().and(typed(column).isNull())];
  if (rule.wrongForm === "stop" && rule.form) faults.push(text.str.contains(rule.form).not());
  if (rule.outOfRange === "stop" && column.range) faults.push(isOutside(column));
  if (column.values) faults.push(text.isIn([...column.values]).not());
  return faults.reduce((all, fault) => all.or(fault.fillNull(false)));
}

function isOutside(column: ColumnContract): Expr {
  const [min, max] = column.range!;
  const number = typed(column).cast(pl.Float64);
  return number.lt(min).or(number.gt(max));
}

/** Why a row is rejected: the first reason that holds, in the contract's order; else null. */
export function rejectReason({ columns }: TableContract): Expr {
  const reasons = columns.flatMap((column) => {
    const { name, type, nullable, range } = column;
    const rule = COLUMN_RULES[type];
    const found: [string, Expr][] = [];
    if (!nullable) found.push([`required.${name}`, pl.col(name).isNull()]);
    if (rule.wrongForm === "reject" && rule.form) {
      found.push([`${type}.${name}`, pl.col(name).str.contains(rule.form).not()]);
    }
    if (rule.outOfRange === "reject" && range) found.push([`range.${name}`, isOutside(column)]);
    return found;
  });
  return reasons.reduceRight<Expr>(
    (rest, [reason, holds]) => pl.when(holds.fillNull(false)).then(pl.lit(reason)).otherwise(rest),
    pl.lit(null).cast(pl.Utf8),
  );
}
