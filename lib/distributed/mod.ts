/**
 * Beyond one machine: scaling, sampling, training a map, scoring and measuring
 * on tables of any size, whose rows stay in the warehouse.
 *
 * Knows `cluster`, `features`, `som`, `warehouse` and `workspace`.
 */
export type { FeatureTable, ScaledTable } from "./feature_table.ts";
export { fitScalerInWarehouse } from "./fit_scaler_in_warehouse.ts";
export {
  measureInWarehouse,
  type MeasureSpec,
  type WarehouseMeasures,
  type WarehouseSegment,
} from "./measure_in_warehouse.ts";
export { sampleRows, type SampleSpec } from "./sample_rows.ts";
export { scoreInWarehouse, type ScoreSpec, scoreSql, type Scoring } from "./score_in_warehouse.ts";
export {
  trainInWarehouse,
  type WarehouseEpoch,
  type WarehouseTrainingSpec,
} from "./train_in_warehouse.ts";
