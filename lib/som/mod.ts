/**
 * The self-organizing map: training online (MiniSom's numbers) and in batches,
 * best-matching units, errors, planes, and a file to keep a map in.
 *
 * Knows no other room: takes and gives plain typed arrays.
 */
export type { SomInit } from "./_init_weights.ts";
export { type BestMatchingUnits, bestMatchingUnits } from "./best_matching_units.ts";
export { neuronNeighbours, neuronPositions } from "./geometry.ts";
export { assertSameFeatures, loadMap, type MapArtefact, saveMap } from "./map_artefact.ts";
export { type MapErrorOptions, quantizationError, topographicError } from "./map_errors.ts";
export { componentPlane, hitMap, uMatrix } from "./planes.ts";
export { type BatchSpec, trainBatch } from "./train_batch.ts";
export type { SomNeighbourhood } from "./_neighbourhood.ts";
export type { DecayFunction, LearningRateDecay, SigmaDecay } from "./_schedule.ts";
export type { SomDistance } from "./_scores.ts";
export { type OnlineSpec, trainOnline } from "./train_online.ts";
export type { Grid, LongRun, Matrix, Progress, SomMap, Topology } from "./types.ts";
