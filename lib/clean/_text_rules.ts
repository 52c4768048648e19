import pl, { type DataFrame, type Expr } from "nodejs-polars";
import type { TableContract } from "feira/olist";

/** Number of values that each rule changed. */
export type Changes = Record<string, number>;

/** A frame, and what was changed to make it. */
export interface Changed {
  readonly frame: DataFrame;
  readonly changed: Changes;
}

// Rust's regular expressions, as polars has them: \s is Unicode's White_Space.
const CONTROL = "[\\p{Cc}\\u{2028}\\u{2029}]";
const UNTIDY = `^\\s|\\s$|\\s\\s|[^\\S ]|${CONTROL}`;
/** Below U+0300 every character is its own NFC and none combines. */
const MAY_COMBINE = "[^\\u{0}-\\u{2FF}]";

/**
 * DESIGN's rules of text, on every column: NFC; control characters and newlines
 * to a space; runs of white space to one space; trimmed; empty to null. A value
 * counts for each rule that changed it.
 *
 * Only columns that have such a value are touched, and only values beyond
 * U+02FF are normalised one by one (polars has no NFC).
 */
export function applyTextRules(frame: DataFrame, contract: TableContract): Changed {
  const names = contract.columns.map(({ name }) => name);
  const untidy = countMatches(frame, names, UNTIDY);
  const wide = countMatches(frame, names, MAY_COMBINE);
  const changed: Changes = { "text.nfc": 0, "text.control": 0, "text.whitespace": 0 };
  let result = frame;
  for (const name of names) {
    if (wide[name]! > 0) {
      const nfc = toNfc(result, name);
      result = nfc.frame;
      changed["text.nfc"]! += nfc.values;
    }
    if (untidy[name]! === 0) continue;
    const spaced = pl.col(name).str.replaceAll(CONTROL, " ");
    const tidy = spaced.str.replaceAll("\\s+", " ").str.stripChars(" ");
    const counts = result.select(
      spaced.neq(pl.col(name)).sum().alias("control"),
      tidy.neq(spaced).sum().alias("whitespace"),
    ).row(0);
    changed["text.control"]! += Number(counts[0]);
    changed["text.whitespace"]! += Number(counts[1]);
    result = result.withColumn(emptyToNull(tidy).alias(name));
  }
  return { frame: result, changed };
}

/** Per column, how many values match; 0 for a column of nulls. */
export function countMatches(
  frame: DataFrame,
  names: readonly string[],
  pattern: string,
): Record<string, number> {
  const counts = frame.select(...names.map((name) => pl.col(name).str.contains(pattern).sum()));
  const row = counts.row(0);
  return Object.fromEntries(names.map((name, i) => [name, Number(row[i] ?? 0)]));
}

function toNfc(frame: DataFrame, name: string): { frame: DataFrame; values: number } {
  const column = pl.col(name);
  const distinct = frame.filter(column.str.contains(MAY_COMBINE)).getColumn(name).unique();
  const before = (distinct.toArray() as string[]).filter((text) => text !== text.normalize("NFC"));
  if (before.length === 0) return { frame, values: 0 };
  const after = before.map((text) => text.normalize("NFC"));
  const replaced = frame.withColumn(column.replace(before, after).alias(name));
  const values = frame.select(column.isIn(before).sum()).row(0)[0];
  return { frame: replaced, values: Number(values) };
}

function emptyToNull(text: Expr): Expr {
  return pl.when(text.eq(pl.lit(""))).then(pl.lit(null)).otherwise(text);
}
