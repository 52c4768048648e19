// @ts-types="npm:@types/d3-array@3.2.2"
import { nice, ticks } from "d3-array";
import { textWidth } from "./_text.ts";
import { formatNumber, type NumberFormat } from "./format_number.ts";
import { PLAIN } from "./theme.ts";

/** What the number axes of all figures agree on. */
export interface NumberAxis {
  readonly domain: readonly [number, number];
  readonly ticks: number[];
  readonly tickFormat: (value: number) => string;
  /** Room that the widest tick label takes beside the chart, px. */
  readonly margin: number;
}

/**
 * A linear axis over the values, from zero unless told otherwise, with round
 * ends. Constant values get a span around them, for an axis needs one.
 */
export function numberAxis(
  values: Iterable<number>,
  { zero = true, count = 5, format = "auto", digits }: {
    zero?: boolean;
    count?: number;
    format?: NumberFormat | undefined;
    digits?: number | undefined;
  } = {},
): NumberAxis {
  let [lo, hi] = zero ? [0, 0] : [Infinity, -Infinity];
  for (const value of values) {
    if (value < lo) lo = value;
    if (value > hi) hi = value;
  }
  if (lo === hi) [lo, hi] = lo === 0 ? [0, 1] : [lo - Math.abs(lo) / 10, hi + Math.abs(hi) / 10];
  const domain = nice(lo, hi, count) as [number, number];
  const marks = ticks(domain[0], domain[1], count);
  const step = marks.length > 1 ? marks[1]! - marks[0]! : 1;
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const needed = format === "percent" ? Math.max(0, decimals - 2) : decimals;
  const tickFormat = (value: number) =>
    formatNumber(value, {
      format: format === "auto" ? "decimal" : format,
      digits: digits ?? (format === "compact" ? 1 : needed),
    });
  const widest = marks.reduce(
    (most, mark) => Math.max(most, textWidth(tickFormat(mark), PLAIN)),
    0,
  );
  return { domain, ticks: marks, tickFormat, margin: Math.ceil(widest) + 10 };
}
