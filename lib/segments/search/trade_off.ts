import { GUIDE } from "../fit/settings.ts";
import type { Search } from "./search_settings.ts";

/** A map's two errors and what became of its settings; what `tradeOffFigure` draws. */
export interface TradeOffRow {
  readonly name: string;
  /** Quantization error, in standard deviations. */
  readonly qe: number;
  /** Topographic error, 0..1. */
  readonly te: number;
  readonly chosen: boolean;
  readonly guide: boolean;
  /** With the errors of the last rung that it was trained for. */
  readonly dropped: boolean;
}

/**
 * The errors of all maps of a search on the guide's features: those trained in
 * full, and those that a rung dropped. The latter are of fewer epochs and may be
 * of a sample, so they show where settings stood when they were dropped.
 */
export function tradeOff({ leaderboard, trials }: Search): TradeOffRow[] {
  const full = leaderboard.filter(({ verdict }) => verdict !== undefined).map((row) => ({
    name: row.name,
    qe: row.metrics.qe,
    te: row.metrics.te,
    chosen: row.isWinner,
    guide: row.name === GUIDE.name,
    dropped: false,
  }));
  const dropped = trials.filter(({ isKept }) => !isKept).map(({ name, metrics: { qe, te } }) => ({
    name,
    qe,
    te,
    chosen: false,
    guide: false,
    dropped: true,
  }));
  return [...full, ...dropped];
}
