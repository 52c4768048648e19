/**
 * Polars as this workspace's modules and cells import it: the same, but that a
 * frame which is a cell's last value shows as one of `feira/plots`' tables. Its
 * own display writes datetimes as `{}` and breaks on 64-bit integers.
 */
import type { DataFrame } from "polars-itself";
import untypedModule from "polars-itself/bin/dataframe.js";

const DISPLAY = Symbol.for("Jupyter.display");

// Frames have no prototype to be given a display: polars makes each by this function.
const module = untypedModule as unknown as { _DataFrame: (inner: unknown) => DataFrame };
const make = module._DataFrame;
module._DataFrame = (inner) => Object.assign(make(inner), { [DISPLAY]: display });

async function display(this: DataFrame): Promise<Record<string, unknown>> {
  // Only who shows a frame needs what draws tables.
  const { displayFrame } = await import("./to_frame_table.ts");
  return displayFrame(this);
}

export * from "polars-itself";
export { default } from "polars-itself";
