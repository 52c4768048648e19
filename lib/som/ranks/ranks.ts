/** The first and the last rank, from 1, that a row can have among those equally far. */
export interface Ranks {
  readonly first: number;
  readonly last: number;
}

/** Ranks of all rows by their distance from one, itself left out. */
export interface RankedRows {
  /** Ranks from this row on. */
  centre(row: number): void;
  /** The rows that can be among the k nearest, ties included. */
  nearest(k: number): number[];
  /** `[rows asked of]` */
  ranksOf(rows: readonly number[]): Ranks[];
}
