import figures from "../fixtures/som/figures.json" with { type: "json" };
import minisom from "../fixtures/som/minisom.json" with { type: "json" };
import type { Matrix, OnlineSpec } from "feira/som";
import { RandomState } from "../../lib/som/_random_state.ts";

/** MiniSom's figures; see make_fixtures.py beside them. */
export const FIGURES = figures;

/** MiniSom's maps under every option; see bench/peers/minisom_fixtures.py. */
export const MINISOM = minisom;

/** A fixture's columns as z-scores (ddof 0), as make_fixtures.py scales them. */
export async function readScaled(name: "iris" | "wine"): Promise<Matrix> {
  const text = await Deno.readTextFile(new URL(`../fixtures/som/${name}.csv`, import.meta.url));
  const [header, ...lines] = text.trim().split("\n");
  const cols = header!.split(",").length;
  const rows = lines.length;
  const data = Float64Array.from(lines.flatMap((line) => line.split(",").map(Number)));
  for (let d = 0; d < cols; d++) {
    const column = Array.from({ length: rows }, (_, i) => data[i * cols + d]!);
    const mean = column.reduce((sum, value) => sum + value, 0) / rows;
    const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows;
    column.forEach((value, i) => data[i * cols + d] = (value - mean) / Math.sqrt(variance));
  }
  return { data, rows, cols };
}

/** The greatest difference between two arrays of equal length. */
export function greatestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

/** The matrices that minisom_cases.py names. */
export async function readNamed(name: string): Promise<Matrix> {
  if (name !== "one_column") return await readScaled(name as "iris" | "wine");
  const { data, rows, cols } = await readScaled("iris");
  return {
    data: Float64Array.from({ length: rows }, (_, i) => data[i * cols + 2]!),
    rows,
    cols: 1,
  };
}

/** Settings of a MiniSom fixture as `trainOnline` takes them. */
export function toSpec(
  { data: _data, fixedPoints, ...settings }: (typeof MINISOM.trained)[number]["settings"],
): OnlineSpec {
  const points = fixedPoints as
    | readonly (readonly [number, readonly [number, number]])[]
    | undefined;
  return {
    ...settings as OnlineSpec,
    ...(points === undefined ? {} : { fixedPoints: new Map(points) }),
  };
}

/** Values from -1 to 1, the same ones for the same shape. */
export function randomMatrix(rows: number, cols: number): Matrix {
  const random = new RandomState(rows * 1000 + cols);
  const data = Float64Array.from(
    { length: rows * cols },
    () => random.double() * 2 - 1,
  );
  return { data, rows, cols };
}
