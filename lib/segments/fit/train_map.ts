import type { CustomerMatrix } from "feira/features";
import { type LongRun, type SomMap, trainBatch, trainOnline } from "feira/som";
import type { Training } from "./settings.ts";

/** Trains a map on scaled customers as the settings say. */
export function trainMap(
  scaled: CustomerMatrix,
  training: Training,
  run: LongRun,
): Promise<SomMap> {
  return training.kind === "online"
    ? trainOnline(scaled, { ...training, ...run })
    : trainBatch(scaled, { ...training, ...run });
}
