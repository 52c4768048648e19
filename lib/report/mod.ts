/**
 * Executed notebooks become a site of self-contained HTML pages that open
 * offline, print well and run nothing that a notebook brought in. The site can
 * be printed and served to this machine.
 *
 * Knows `notebook` and `workspace`.
 */
export { buildComparison, type ComparisonSpec } from "./build_comparison.ts";
export { buildRunComparison, type RunComparisonSpec } from "./build_run_comparison.ts";
export type { ComparedMigrations, ComparedRun, ExecutedCopy, Missing } from "./compared_run.ts";
export type { GridRun } from "./grid_run.ts";
export { buildSite } from "./build_site.ts";
export { printPages, type PrintSpec } from "./print_pages.ts";
export { type ServedSite, serveSite } from "./serve_site.ts";
export { ReportError } from "./report_error.ts";
export {
  type ExecutedCell,
  type ExecutedNotebook,
  type ExecutedOutput,
  parseExecuted,
} from "./read_executed.ts";
export type {
  NotebookRun,
  PastRun,
  Site,
  SiteDocument,
  SitePage,
  SiteRun,
  SiteSpec,
  SiteStatus,
} from "./site_spec.ts";
