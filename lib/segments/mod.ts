/**
 * Customer segments: settings and their comparison, fitting, the gate, names
 * with evidence, keeping models, publishing.
 *
 * Knows `cluster`, `features`, `som`, `warehouse` and `workspace`.
 */
export { type Archetype, readArchetypes } from "./archetypes.ts";
export { type CompareOptions, compareSettings, type LeaderboardRow } from "./compare_settings.ts";
export { checkConditions, type Evidence } from "./conditions.ts";
export { explainClaim, type ExplainedClaim } from "./explain_claim.ts";
export { type FitOptions, fitSegmentation, type Segmentation } from "./fit_segmentation.ts";
export {
  assertPassed,
  type Criterion,
  GATE,
  GateError,
  judge,
  type Limit,
  type Metrics,
  type Verdict,
} from "./gate.ts";
export { type InterpretedMap, interpretMap } from "./interpret_map.ts";
export { matchSegments, type MatchSpec } from "./match_segments.ts";
export { modelIdOf } from "./model_id.ts";
export { type NamedSegment, nameSegments } from "./name_segments.ts";
export { maybeOutcome, type Outcome, type OutcomeSpec, saveOutcome } from "./outcome.ts";
export { type FeatureProfile, profileSegments, type SegmentProfile } from "./profile_segments.ts";
export { publishSegments, type PublishSpec } from "./publish_segments.ts";
export { type PublishedSegment, type PublishedSegments, readSegments } from "./read_segments.ts";
export {
  type FitOrLoad,
  fitOrLoad,
  type FitOrLoadOptions,
  loadModel,
  saveModel,
} from "./saved_model.ts";
export {
  candidateSettings,
  type CandidateSpec,
  ELBOW,
  GUIDE,
  type SegmentationSettings,
  type Training,
} from "./settings.ts";
export { type Preset, readTuning, saveTuning, settingsOf, type Tuning } from "./tuning.ts";
