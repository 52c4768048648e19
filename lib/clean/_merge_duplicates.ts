import pl, { type DataFrame } from "nodejs-polars";
import type { TableContract } from "feira/olist";

/** Rows that are told apart and in order, and how many went into others. */
export interface Merged {
  readonly frame: DataFrame;
  /** Rows equal to another one in every column. */
  readonly equalRows: number;
  /** Rows with another one's key. */
  readonly equalKeys: number;
}

const COMPLETENESS = "#completeness", LATEST = "#latest";

/**
 * Merges equal rows, then rows of equal key, and sorts by key (by all columns
 * where there is none).
 *
 * Of rows with one key stays the one with the most values; among those the one
 * with the latest moment in any of its timestamps; among those the one whose
 * values come first, in the contract's order of columns. So the result does not
 * depend on the order of the rows.
 */
export function mergeDuplicates(frame: DataFrame, contract: TableContract): Merged {
  const names = contract.columns.map(({ name }) => name);
  const key = contract.key.length > 0 ? [...contract.key] : names;
  const distinct = frame.unique({ subset: names, keep: "any" });
  const isTold = distinct.unique({ subset: key, keep: "any" }).height === distinct.height;
  const kept = (isTold ? distinct : bestOfEachKey(distinct, contract)).sort({ by: key });
  return {
    frame: kept,
    equalRows: frame.height - distinct.height,
    equalKeys: distinct.height - kept.height,
  };
}

function bestOfEachKey(frame: DataFrame, { columns, key }: TableContract): DataFrame {
  const names = columns.map(({ name }) => name);
  const moments = columns.filter(({ type }) => type === "timestamp");
  const values = pl.sumHorizontal(names.map((name) => pl.col(name).isNotNull().cast(pl.Int64)));
  const latest = moments.length === 0
    ? pl.lit(0)
    : pl.maxHorizontal(moments.map(({ name }) => pl.col(name)));
  return frame
    .withColumns(values.alias(COMPLETENESS), latest.alias(LATEST))
    .sort({
      by: [COMPLETENESS, LATEST, ...names],
      descending: [true, true, ...names.map(() => false)],
    })
    .unique({ subset: [...key], keep: "first", maintainOrder: true })
    .select(...names);
}
