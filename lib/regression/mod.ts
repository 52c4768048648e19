/**
 * What notebooks showed, kept as small texts, and whether they still show it:
 * numbers within tolerances, figures by what they consist of.
 *
 * Knows `notebook`, `workspace`.
 */
export type {
  CellDigest,
  Comparison,
  NotebookDigest,
  NumbersDigest,
  OutputDigest,
  PixelsDigest,
  TableColumnDigest,
} from "./types.ts";
export { comparisonOf } from "./comparison.ts";
export { digestNotebook } from "./digest_notebook.ts";
export { compareDigests } from "./compare_digests.ts";
export { type Difference, formatDifference } from "./difference.ts";
export { formatDigest, parseDigest } from "./digest_file.ts";
export { DEFAULT_TOLERANCE, isClose, type Tolerance } from "./tolerance.ts";
