/**
 * The customer matrix: what its features are, reading it, scaling it, a first
 * look at its distributions.
 *
 * Knows `warehouse` and `workspace`.
 */
export { type Correlations, correlations } from "./correlations.ts";
export type { CustomerMatrix } from "./customer_matrix.ts";
export { type DescribedFeature, describePreset } from "./describe_preset.ts";
export { evaluate, type Expression, toSql } from "./expression.ts";
export { type Feature, FEATURES } from "./features.ts";
export { fingerprintMatrix } from "./fingerprint_matrix.ts";
export { fitFeatures } from "./fit_features.ts";
export type { FittedFeatures, PresetName } from "./fitted_features.ts";
export { fitScaler, type Moments, type Scaler, toScaler } from "./fit_scaler.ts";
export { type PresetFeature, PRESETS } from "./presets.ts";
export { readCustomerMatrix } from "./read_customer_matrix.ts";
export { scale, unscale } from "./scale.ts";
export { toScaledFeatures } from "./to_scaled_features.ts";
export { type FeatureSummary, summariseFeatures } from "./summarise_features.ts";
