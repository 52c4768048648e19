import { formatNumber } from "./format_number.ts";

/** A histogram: shares of values between edges, and where round values lie between them. */
export interface Bins {
  /** In the scale's own coordinates: the value, or log10(1 + value). */
  readonly edges: readonly number[];
  /** Share of the values in each bin, one fewer than edges; they sum to 1. */
  readonly shares: readonly number[];
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  /** Whether edges are log10(1 + value). */
  readonly log: boolean;
}

const BINS = 30;

function spanOf(values: ArrayLike<number>): { lo: number; hi: number; whole: boolean } {
  let [lo, hi, whole] = [Infinity, -Infinity, true];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < lo) lo = value;
    if (value > hi) hi = value;
    whole &&= Number.isInteger(value);
  }
  return { lo, hi, whole };
}

/** Which of the even bins between the edges a value falls into; those outside into the outermost. */
export function binOf(value: number, { edges, log }: Pick<Bins, "edges" | "log">): number {
  const [first, last, count] = [edges[0]!, edges.at(-1)!, edges.length - 1];
  const at = log ? Math.log10(1 + value) : value;
  return Math.min(count - 1, Math.max(0, Math.floor((at - first) / (last - first) * count)));
}

function shareOut(values: ArrayLike<number>, edges: readonly number[], log: boolean): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (let i = 0; i < values.length; i++) counts[binOf(values[i]!, { edges, log })]!++;
  return counts.map((count) => count / values.length);
}

const evenEdges = (lo: number, hi: number, count: number) =>
  Array.from({ length: count + 1 }, (_, i) => lo + (hi - lo) * i / Math.max(1, count));

const write = (value: number) =>
  formatNumber(value, { format: Math.abs(value) >= 10_000 ? "compact" : "auto" });

/**
 * Thirty even bins; one bin per value where these are few whole numbers; and
 * on a log scale bins even in log10(1 + value), which has a place for zero.
 */
export function binValues(
  values: ArrayLike<number>,
  { log, ticksOf }: { log: boolean; ticksOf: (lo: number, hi: number) => number[] },
): Bins {
  const { lo, hi, whole } = spanOf(values);
  if (whole && hi - lo < BINS - 5) {
    const edges = Array.from({ length: hi - lo + 2 }, (_, i) => lo + i - 0.5);
    const step = Math.ceil((hi - lo + 1) / 9);
    const ticks = evenEdges(lo, hi, hi - lo).filter((_, i) => i % step === 0)
      .map((at) => ({ at, text: write(at) }));
    return { edges, shares: shareOut(values, edges, false), ticks, log: false };
  }
  if (log && Math.log10(1 + lo) < Math.log10(1 + hi)) {
    const edges = evenEdges(Math.log10(1 + lo), Math.log10(1 + hi), BINS);
    const powers = [0, 1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]
      .filter((value) => value >= lo && value <= hi);
    const ticks = powers.map((value) => ({ at: Math.log10(1 + value), text: write(value) }));
    return { edges, shares: shareOut(values, edges, true), ticks, log: true };
  }
  // A constant gets room around it, more than rounding would swallow.
  const margin = Math.max(0.5, Math.abs(lo) / 100);
  const [from, to] = lo === hi ? [lo - margin, hi + margin] : [lo, hi];
  const edges = evenEdges(from, to, BINS);
  const ticks = lo === hi
    ? [{ at: lo, text: write(lo) }]
    : ticksOf(lo, hi).map((at) => ({ at, text: write(at) }));
  return { edges, shares: shareOut(values, edges, false), ticks, log: false };
}
