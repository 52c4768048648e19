import type { Schedule } from "../_schedule.ts";
import type { Grid } from "../types.ts";

/** What weights are while they are trained. */
export type Precision = "float64" | "float32";

/** What the loops of online training work on. */
export interface OnlineState {
  readonly grid: Grid;
  readonly features: number;
  /** `[width × height × features]`: the start, and after the last iteration the result. */
  readonly weights: Float64Array;
  /** `[rows × features]` */
  readonly data: Float64Array;
  /** `[features]`: the order in which distances add up features; see `orderColumns`. */
  readonly columns: Int32Array;
  /** `[iterations]`: the row that each iteration sees. */
  readonly order: Int32Array;
  readonly schedule: Schedule;
  readonly precision: Precision;
}
