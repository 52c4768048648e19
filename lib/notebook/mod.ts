/**
 * Notebooks that behave like tested programs: read, checked, executed through
 * Deno's Jupyter kernel, ordered and cached by what they depend on.
 *
 * Knows `workspace`.
 */
export { CellError, type CellFailure, type ErrorCause, formatCellError } from "./cell_error.ts";
export { formatNotebook } from "./format_notebook.ts";
export type { ExecuteOptions, Execution, ExecutionError, OutputMessage } from "./execution.ts";
export { Kernel, type KernelOptions } from "./kernel.ts";
export { KernelDeath } from "./kernel_death.ts";
export {
  type Cell,
  type FrontMatter,
  type Job,
  type MimeBundle,
  type Notebook,
  type Output,
  tagsOf,
  titleOfCell,
} from "./notebook.ts";
export type { NotebookEvent } from "./notebook_event.ts";
export { NotebookError } from "./notebook_error.ts";
export {
  checkGivenParameters,
  type GivenParameters,
  type Parameter,
  type ParameterValue,
  parseParameters,
  resolveParameters,
} from "./parameters.ts";
export { type GridSetting, type GridSource, toGridSettings } from "./param_grid.ts";
export { listNotebooks, parseNotebook, readNotebook, readNotebooks } from "./read_notebooks.ts";
export { type NotebookRun, runNotebook, type RunNotebookOptions } from "./run_notebook.ts";
export { type ServeEnd, serveKernel, type ServeKernelOptions } from "./serve_kernel.ts";
export { type GraphNode, type GraphOptions, toGraph } from "./graph.ts";
export { type EdgeEnd, type GraphEdge, toEdges } from "./graph_edges.ts";
export { type Rail, toRails } from "./graph_rails.ts";
export { type DrawnNotebook, GRAPH_STYLE, graphSvg } from "./graph_svg.ts";
export { type PlannedNotebook, type PlanOptions, planRun, type Selection } from "./plan_run.ts";
export { type Resource, toResources } from "./resource.ts";
export {
  type NotebookResult,
  type PipelineEvent,
  type PipelineOptions,
  type PipelineResult,
  runPipeline,
  type Transaction,
} from "./run_pipeline.ts";
export { formatProblem, type Problem } from "./problem.ts";
export { checkNotebooks, type CheckOptions, type CheckResult } from "./check_notebooks.ts";
export { stripNotebook } from "./strip_notebook.ts";
export { relativeToleranceOf, TAGS } from "./tags.ts";
