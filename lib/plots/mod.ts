/**
 * Figures, tables, notes and key figures as functions of plain data: what they
 * return shows itself in Jupyter and carries itself, as JSON, into a report.
 *
 * Knows no other room.
 */
export { barFigure, type BarOptions } from "./bar_figure.ts";
export { type ComponentPlane, componentPlanesFigure } from "./component_planes_figure.ts";
export { correlationFigure, type Correlations } from "./correlation_figure.ts";
export { type Elbow, elbowFigure } from "./elbow_figure.ts";
export { DISPLAY, type Display } from "./_display.ts";
export {
  type Figure,
  FIGURE_MIME,
  type FigureData,
  type FigureOptions,
  type Interaction,
  liveFigureHtml,
} from "./figure.ts";
export { formatNumber, type NumberFormat, sharePercent } from "./format_number.ts";
export { heatmapFigure, type HeatmapOptions } from "./heatmap_figure.ts";
export { type FeatureValues, histogramsFigure } from "./histograms_figure.ts";
export {
  kCriteriaFigure,
  type KCriteriaOptions,
  type KCriterion,
  type KCriterionPoint,
} from "./k_criteria_figure.ts";
export { lineFigure, type LineOptions } from "./line_figure.ts";
export {
  type ExplorerFeature,
  type ExplorerMap,
  mapExplorerFigure,
  type MapExplorerOptions,
} from "./map_explorer_figure.ts";
export {
  portraitFigure,
  type PortraitFigureData,
  type PortraitShare,
  type PortraitSpread,
} from "./portrait_figure.ts";
export {
  segmentMapFigure,
  type SegmentMapOptions,
  type SegmentName,
} from "./segment_map_figure.ts";
export {
  type ProfileFeature,
  type SegmentProfile,
  segmentProfileFigure,
} from "./segment_profile_figure.ts";
export { type SegmentSize, segmentSizesFigure } from "./segment_sizes_figure.ts";
export { shareBarsFigure, type ShareBarsOptions } from "./share_bars_figure.ts";
export { type Fact, type Facts, FACTS_MIME, type FactsData, showFacts } from "./show_facts.ts";
export { type Note, NOTE_MIME, type NoteData, type NoteKind, showNote } from "./show_note.ts";
export { type Prose, showProse } from "./show_prose.ts";
export {
  type ColumnSpec,
  showTable,
  type Table,
  TABLE_MIME,
  type TableData,
  type TableOptions,
} from "./show_table.ts";
export { type SpreadFeature, type SpreadGroup, spreadsFigure } from "./spreads_figure.ts";
export type { SpreadSummary } from "./_box_plot.ts";
export { stateMapFigure, type StateMapOptions } from "./state_map_figure.ts";
export { segmentColor } from "./theme.ts";
export {
  type TradeOffCurve,
  tradeOffCurvesFigure,
  type TradeOffCurvesOptions,
  type TradeOffPoint,
} from "./trade_off_curves_figure.ts";
export { tradeOffFigure, type TradeOffSetting } from "./trade_off_figure.ts";
export { type MapOptions } from "./_u_matrix.ts";
export { uMatrixFigure } from "./u_matrix_figure.ts";
export { uMatrixHitsFigure } from "./u_matrix_hits_figure.ts";
export { withSql } from "./with_sql.ts";
