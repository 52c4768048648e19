/**
 * Customer segments: settings and their comparison, fitting, the gate, names
 * with evidence, keeping models, publishing, expected value, scoring.
 *
 * Knows `cluster`, `features`, `lifetime`, `som`, `warehouse` and `workspace`.
 */
export { type Archetype, readArchetypes } from "./names/archetypes.ts";
export { checkConditions, type Evidence } from "./names/conditions.ts";
export type { FeatureProfile } from "./names/compare_feature.ts";
export { type Contradiction, contradictions } from "./names/contradictions.ts";
export { explainClaim, type ExplainedClaim } from "./names/explain_claim.ts";
export { type ExplainedEvidence, explainEvidence } from "./names/explain_evidence.ts";
export { type FitOptions, fitSegmentation, type Segmentation } from "./fit/fit_segmentation.ts";
export { assertPassed, GateError } from "./gate/assert_passed.ts";
export { GATE, LEAST_CUSTOMERS, type LevelFigures, type Limit, type Metrics } from "./gate/gate.ts";
export {
  type Criterion,
  judge,
  judgeLevels,
  type LevelsToJudge,
  type Verdict,
} from "./gate/judge.ts";
export { type InterpretedMap, interpretMap } from "./fit/interpret_map.ts";
export { chooseTrial, STABLE_RAND } from "./levels/choose_trial.ts";
export {
  compareMethods,
  type CompareMethodsOptions,
  type MethodRow,
} from "./levels/compare_methods.ts";
export { loadSubdivisions } from "./levels/saved_subdivisions.ts";
export {
  type Interval,
  type LevelStability,
  type RandInterval,
  type SegmentStability,
  segmentStability,
  type SegmentStabilityOptions,
  type StabilityOptions,
} from "./levels/segment_stability.ts";
export { subdivide, type SubdivideOptions } from "./levels/subdivide.ts";
export type { Subdivision, SubdivisionTrial } from "./levels/subdivision.ts";
export { subdivisionStability } from "./levels/subdivision_stability.ts";
export { matchSegments, type MatchSpec } from "./fit/match_segments.ts";
export { modelIdOf } from "./fit/model_id.ts";
export { type NamedSegment, nameSegments } from "./names/name_segments.ts";
export { maybeOutcome, type Outcome, type OutcomeSpec, saveOutcome } from "./gate/outcome.ts";
export {
  type ProfileOptions,
  profileSegments,
  type SegmentProfile,
} from "./names/profile_segments.ts";
export {
  type Changes,
  changesSince,
  type ChangesSpec,
  type SegmentChange,
} from "./history/changes_since.ts";
export { describeChanges } from "./history/describe_changes.ts";
export { binFeatures, type FeatureBins } from "./history/feature_bins.ts";
export { type FeatureDrift, featureDrift } from "./history/feature_drift.ts";
export { keepSegmentIds, type KeepSpec } from "./history/keep_segment_ids.ts";
export { keepSubsegmentIds } from "./history/keep_subsegment_ids.ts";
export { type MapDrift, type MapDriftSpec, maybeMapDrift } from "./history/map_drift.ts";
export { type Migration, migrations } from "./history/migrations.ts";
export {
  type AssignedSegment,
  assignmentFiles,
  type AssignmentsSpec,
  parseAssignments,
  saveAssignments,
  type SavedAssignments,
} from "./history/saved_assignments.ts";
export { populationStability, readStability, type Shift } from "./history/population_stability.ts";
export { addVersions, type NewVersion, type SegmentVersion } from "./history/segment_version.ts";
export {
  assignCustomers,
  type AssignSpec,
  type CustomerAssignments,
} from "./publish/assign_customers.ts";
export { CAMPAIGN_FIELDS } from "./publish/campaign_fields.ts";
export { type Campaign, type CampaignSegment, readCampaign } from "./publish/read_campaign.ts";
export { toLoadValue } from "./publish/to_load_value.ts";
export { toSafeCsv } from "./publish/to_safe_csv.ts";
export { type MarginSpec, segmentMargins } from "./publish/segment_margins.ts";
export type { PublishedSegment } from "./publish/published_segment.ts";
export {
  type Assumption,
  type AssumptionName,
  ASSUMPTIONS,
  type Assumptions,
} from "./portrait/assumptions.ts";
export { assumptionsUsed } from "./portrait/assumptions_used.ts";
export { compareFeatures, type FeatureComparison } from "./portrait/compare_features.ts";
export {
  compareShares,
  DISTINCT,
  type KindCounts,
  type KindShare,
} from "./portrait/compare_shares.ts";
export { type ConfidenceRow, confidenceRows } from "./portrait/confidence_rows.ts";
export { type ActionText, describeAction } from "./portrait/describe_action.ts";
export { describeMarket, type MarketText } from "./portrait/describe_market.ts";
export { describePortrait, type PortraitText } from "./portrait/describe_portrait.ts";
export { describeSpread, type Spread } from "./portrait/describe_spread.ts";
export { AWAY_DAYS, type KeyFigures, keyFigures, RECENT_DAYS } from "./portrait/key_figures.ts";
export { type MondayItem, type MondayList, mondayList } from "./portrait/monday_list.ts";
export { type MondayRow, mondayRows } from "./portrait/monday_rows.ts";
export {
  type Market,
  type Portrait,
  type Portraits,
  type PortraitSpec,
  portraySegments,
} from "./portrait/portray_segments.ts";
export { type PortraitPicture, portraitPicture } from "./portrait/portrait_picture.ts";
export {
  PORTRAIT_FEATURES,
  type PortraitFeature,
  type PortraitFeatureName,
  type PortraitValues,
  portraitValues,
} from "./portrait/portrait_features.ts";
export {
  type Representative,
  representativeCustomers,
} from "./portrait/representative_customers.ts";
export {
  type Behaviour,
  type Delivery,
  segmentBehaviour,
  type Whose,
} from "./portrait/segment_behaviour.ts";
export {
  type CountOf,
  type DeliveryCount,
  type KindCount,
  type MarginCount,
  type PaymentCount,
  readSegmentCounts,
  type ReviewCount,
  type SegmentCounts,
  THIN_MARGIN,
} from "./portrait/segment_counts.ts";
export { type SegmentMembers, segmentMembers } from "./portrait/segment_members.ts";
export {
  type Action,
  type ActionEvidence,
  type ActionFactor,
  type ActionSpec,
  suggestActions,
} from "./portrait/suggest_actions.ts";
export { type SideBySide, sideBySide } from "./portrait/side_by_side.ts";
export { type ShareInterval, wilsonInterval } from "./portrait/wilson_interval.ts";
export { publishSegments, type PublishSpec } from "./publish/publish_segments.ts";
export { type PublishedSegments, readSegments } from "./publish/read_segments.ts";
export { type FitOrLoad, fitOrLoad, type FitOrLoadOptions } from "./fit/fit_or_load.ts";
export { loadModel, saveModel, type SaveModelOptions } from "./fit/saved_model.ts";
export { ELBOW, GUIDE, type SegmentationSettings, type Training } from "./fit/settings.ts";
export { candidateSettings, type CandidateSpec } from "./search/candidate_settings.ts";
export type { Trial, Untried } from "./search/climb_rungs.ts";
export {
  type CriteriaByK,
  criteriaByK,
  type CriteriaOptions,
  type KPoint,
} from "./search/criteria_by_k.ts";
export { describeUntried } from "./search/describe_untried.ts";
export type { Fit, FitSpec, SearchProgress, Stage } from "./search/fit_stage.ts";
export type { LeaderboardRow, RowStability } from "./search/leaderboard.ts";
export { parseBudget } from "./search/parse_budget.ts";
export { type Rung, RUNGS } from "./search/rungs.ts";
export { type Search, type SearchOptions, searchSettings } from "./search/search_settings.ts";
export { type Range, SEARCH_SPACE, type SearchSpace } from "./search/search_space.ts";
export { takeK, type TakeKOptions } from "./search/take_k.ts";
export { type KCurve, type KCurvePoint, toKCurves } from "./search/to_k_curves.ts";
export { tradeOff, type TradeOffRow } from "./search/trade_off.ts";
export { type KOpinion, MAJORITY, type VerdictOnK, verdictOnK } from "./search/verdict_on_k.ts";
export { type Preset, readTuning, saveTuning, settingsOf, type Tuning } from "./search/tuning.ts";
export { type CustomerLog, readPurchaseLog } from "./value/read_purchase_log.ts";
export { maybeValue, type SavedValue, saveValue } from "./value/saved_value.ts";
export {
  type CustomerValue,
  type PurchaseModelSummary,
  type SegmentValue,
  type ValueOptions,
  valueSegments,
} from "./value/value_segments.ts";
export { loadScorer } from "./score/load_scorer.ts";
export { type CustomerScores, scoreCustomers } from "./score/score_customers.ts";
export { type Division, type Scorer, type ScorerParts, toScorer } from "./score/scorer.ts";
export { scorerTables } from "./score/scorer_tables.ts";
export { type PublishedAssignments, scoresTable } from "./score/scores_table.ts";
