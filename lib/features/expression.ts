import type { CustomerMatrix } from "./customer_matrix.ts";

/**
 * How a number of a customer is made from the twelve features: a feature's name,
 * a constant, or what is done with others. `where` has its value only for
 * customers whose named feature is above 0; a value that is missing, and a ratio
 * to nothing, makes all that is made of it missing.
 */
export type Expression =
  | string
  | number
  | { readonly sum: readonly [Expression, Expression] }
  | { readonly ratio: readonly [Expression, Expression] }
  | { readonly ln: Expression }
  | { readonly sqrt: Expression }
  | { readonly where: string; readonly value: Expression };

/**
 * Computes an expression for every customer.
 *
 * @param matrix raw features, not scaled
 * @returns `[rows]`; NaN where a customer does not have it
 * @throws {TypeError} when the matrix has not a feature that the expression names
 *
 * @example
 * ```ts
 * import { evaluate } from "feira/features";
 * import assert from "node:assert/strict";
 *
 * const matrix = {
 *   customerIds: ["a", "b"], featureNames: ["score", "reviews"],
 *   data: Float64Array.of(4, 1, 0, 0), rows: 2, cols: 2,
 * };
 * assert.deepEqual([...evaluate({ where: "reviews", value: "score" }, matrix)], [4, NaN]);
 * ```
 */
export function evaluate(expression: Expression, matrix: CustomerMatrix): Float64Array {
  const { rows, cols, data } = matrix;
  if (typeof expression === "number") return new Float64Array(rows).fill(expression);
  if (typeof expression === "string") {
    const col = columnOf(expression, matrix);
    return Float64Array.from({ length: rows }, (_, row) => data[row * cols + col]!);
  }
  if ("sum" in expression) {
    const [a, b] = expression.sum.map((part) => evaluate(part, matrix));
    return a!.map((value, row) => value + b![row]!);
  }
  if ("ratio" in expression) {
    const [a, b] = expression.ratio.map((part) => evaluate(part, matrix));
    return a!.map((value, row) => b![row] === 0 ? NaN : value / b![row]!);
  }
  if ("ln" in expression) return evaluate(expression.ln, matrix).map(Math.log);
  if ("sqrt" in expression) return evaluate(expression.sqrt, matrix).map(Math.sqrt);
  const known = evaluate(expression.where, matrix);
  return evaluate(expression.value, matrix).map((value, row) => known[row]! > 0 ? value : NaN);
}

/**
 * The same as SQL that DuckDB and BigQuery read alike; NULL where a customer
 * does not have it. The columns are doubles, as those of `customer_features`.
 *
 * @param nameOf what a column is called in the statement, such as `customers.recency`
 *
 * @example
 * ```ts
 * import { toSql } from "feira/features";
 * import assert from "node:assert/strict";
 *
 * assert.equal(toSql({ ln: { sum: [1, "monetary"] } }), "ln((1 + monetary))");
 * ```
 */
export function toSql(
  expression: Expression,
  nameOf: (column: string) => string = (column) => column,
): string {
  const sql = (part: Expression) => toSql(part, nameOf);
  if (typeof expression === "number") return String(expression);
  if (typeof expression === "string") return nameOf(expression);
  if ("sum" in expression) return `(${expression.sum.map(sql).join(" + ")})`;
  if ("ratio" in expression) {
    const [a, b] = expression.ratio;
    return `(${sql(a)} / nullif(${sql(b)}, 0))`;
  }
  if ("ln" in expression) return `ln(${sql(expression.ln)})`;
  if ("sqrt" in expression) return `sqrt(${sql(expression.sqrt)})`;
  return `case when ${nameOf(expression.where)} > 0 then ${sql(expression.value)} end`;
}

function columnOf(name: string, { featureNames }: CustomerMatrix): number {
  const col = featureNames.indexOf(name);
  if (col >= 0) return col;
  throw new TypeError(
    `Cannot compute features: found features ${featureNames.join(", ")}, must have ${name}`,
  );
}
