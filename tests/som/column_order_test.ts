import type { Matrix } from "feira/som";
import assert from "node:assert/strict";
import { orderColumns } from "../../lib/som/search/column_order.ts";
import { randomMatrix } from "./_fixtures.ts";

/** The pivots of a Cholesky decomposition of the whole covariance matrix. */
function pivotsOf({ data, rows, cols }: Matrix): number[] {
  const columns = Array.from({ length: cols }, (_, d) => {
    const column = Array.from({ length: rows }, (_, i) => data[i * cols + d]!);
    const mean = column.reduce((sum, value) => sum + value, 0) / rows;
    return column.map((value) => value - mean);
  });
  const left = columns.map((a) =>
    columns.map((b) => a.reduce((sum, value, i) => sum + value * b[i]!, 0))
  );
  const order: number[] = [];
  while (order.length < cols) {
    const pivot = left.reduce(
      (most, row, d) => most < 0 || row[d]! > left[most]![most]! ? d : most,
      -1,
    );
    const row = left[pivot]!.slice();
    left.forEach((each, a) => each.forEach((_, b) => each[b]! -= row[a]! * row[b]! / row[pivot]!));
    left[pivot]!.fill(-Infinity);
    order.push(pivot);
  }
  return order;
}

Deno.test("orderColumns() gives the pivots of a Cholesky decomposition, of many columns the first 32", () => {
  for (const [cols, compared] of [[1, 1], [2, 2], [12, 12], [32, 32], [90, 32]] as const) {
    const matrix = randomMatrix(150, cols);
    const order = [...orderColumns(matrix)];
    assert.deepEqual(order.slice(0, compared), pivotsOf(matrix).slice(0, compared));
    assert.deepEqual(order.toSorted((a, b) => a - b), Array.from(order.keys()));
  }
});

Deno.test("orderColumns() puts a column's twin behind all that are no twins", () => {
  for (const cols of [6, 300]) {
    const { data, rows } = randomMatrix(500, cols);
    for (let i = 0; i < rows; i++) {
      data[i * cols + 1]! *= 9;
      data[i * cols + 4] = data[i * cols + 1]!;
    }
    const order = orderColumns({ data, rows, cols });
    assert.deepEqual([order.at(0), order.at(-1)], [1, 4]);
  }
});
