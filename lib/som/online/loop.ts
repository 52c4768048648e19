import { assertWhole } from "../_check.ts";
import { orderColumns } from "../search/column_order.ts";
import { engine } from "../_engine.ts";
import { pruning, scanning } from "../search/finders.ts";
import { Neighbourhood } from "../_neighbourhood.ts";
import { GeneralOnline } from "./general.ts";
import { OnlineKernel } from "./kernel.ts";
import { OnlinePlain } from "./plain.ts";
import type { Schedule } from "../_schedule.ts";
import { toScore } from "../_scores.ts";
import type { OnlineSpec } from "../train_online.ts";
import type { Grid, Matrix, SomMap } from "../types.ts";

/** Does iterations `from` to `to` (exclusive), and changes the map's weights. */
export interface Loop {
  run(from: number, to: number): void;
}

export interface LoopSpec {
  readonly matrix: Matrix;
  readonly order: Int32Array;
  readonly schedule: Schedule;
  readonly spec: OnlineSpec;
}

/** A fast loop where it applies, else the one that knows all options. */
export function toLoop(map: SomMap, { matrix, order, schedule, spec }: LoopSpec): Loop {
  const { neighbourhood = "gaussian", distance = "euclidean", precision = "float64" } = spec;
  const { weights, features, height, topology } = map;
  const fixedUnits = toUnits(map, matrix.rows, spec.fixedPoints);
  const state = { features, weights, data: matrix.data, order, schedule };
  const isFast = neighbourhood === "gaussian" && distance === "euclidean" &&
    topology !== "hexagonal" && fixedUnits.size === 0;
  if (isFast) {
    const Fast = engine() === "kernel" ? OnlineKernel : OnlinePlain;
    return new Fast({ ...state, columns: orderColumns(matrix), grid: map, precision });
  }
  if (precision !== "float64") {
    throw new RangeError(
      `Cannot train map: precision is ${precision}, must be float64 but with a gaussian neighbourhood, the euclidean distance, a rectangular grid and no fixed points`,
    );
  }
  return new GeneralOnline({
    ...state,
    height,
    fixedUnits,
    neighbourhood: new Neighbourhood(map, neighbourhood, "train map"),
    finder: distance === "euclidean"
      ? pruning(map, matrix.data)
      : scanning(map, toScore(distance, { weights, data: matrix.data, features }, "train map")),
  });
}

/** Flat indices of fixed points. */
function toUnits(
  { width, height }: Grid,
  rows: number,
  points: OnlineSpec["fixedPoints"] = new Map(),
): Map<number, number> {
  const units = new Map<number, number>();
  for (const [row, [x, y]] of points) {
    for (
      const [name, value, end] of [["row", row, rows], ["x", x, width], ["y", y, height]] as const
    ) {
      assertWhole(value, `Cannot train map: fixed point's ${name}`, 0);
      if (value < end) continue;
      throw new RangeError(
        `Cannot train map: fixed point's ${name} is ${value}, must be 0..${end - 1}`,
      );
    }
    units.set(row, x * height + y);
  }
  return units;
}
