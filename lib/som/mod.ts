/**
 * The self-organizing map: training online (MiniSom's numbers) and in batches,
 * best-matching units, measures, planes, and a file to keep a map in.
 *
 * Knows `threads`: takes and gives plain typed arrays.
 */
export type { SomInit } from "./_init_weights.ts";
export type { SomNeighbourhood } from "./_neighbourhood.ts";
export type { NeighbourhoodMeasure, NeighbourhoodSpec } from "./ranks/rank_penalty.ts";
export type { DecayFunction, LearningRateDecay, SigmaDecay } from "./_schedule.ts";
export type { SomDistance } from "./_scores.ts";
export type { MapErrorOptions } from "./search/to_units.ts";
export { activationMap } from "./activation_map.ts";
export { assertSameFeatures } from "./assert_same_features.ts";
export { type BestMatchingUnits, bestMatchingUnits } from "./best_matching_units.ts";
export { combinedError } from "./combined_error.ts";
export { componentPlane } from "./component_plane.ts";
export { distortion, type DistortionSpec } from "./distortion.ts";
export { explainedVariance } from "./explained_variance.ts";
export { neuronNeighbours, neuronPositions } from "./geometry.ts";
export { hitMap } from "./hit_map.ts";
export { loadMap, type LoadMapOptions } from "./load_map.ts";
export type { MapArtefact } from "./map_artefact.ts";
export { moveNeurons } from "./move_neurons.ts";
export { neighbourhoodPreservation } from "./neighbourhood_preservation.ts";
export { quantizationError } from "./quantization_error.ts";
export { radiusAt, type RadiusDecay, type RadiusSpec } from "./radius_at.ts";
export { saveMap } from "./save_map.ts";
export { topographicError } from "./topographic_error.ts";
export { type BatchSpec, trainBatch } from "./train_batch.ts";
export { type OnlineSpec, trainOnline } from "./train_online.ts";
export { trustworthiness } from "./trustworthiness.ts";
export type { Grid, LongRun, Matrix, Progress, SomMap, ThreadedRun, Topology } from "./types.ts";
export { uMatrix } from "./u_matrix.ts";
export { type WinningSpec, winningUnits } from "./winning_units.ts";
