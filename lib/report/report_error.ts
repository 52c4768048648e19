import { FeiraError } from "feira/workspace";

/**
 * An executed notebook that cannot become a page.
 *
 * @example
 * ```ts
 * import { ReportError } from "feira/report";
 * import assert from "node:assert/strict";
 *
 * const error = new ReportError("01_ingest.ipynb", "found no cells", "be a notebook");
 * assert.equal(error.message, "Cannot report: found no cells in 01_ingest.ipynb, must be a notebook");
 * ```
 */
export class ReportError extends FeiraError {
  override name = "ReportError";
  /** The executed notebook's path. */
  readonly file: string;

  constructor(file: string, found: string, must: string, options?: ErrorOptions) {
    super("data", `Cannot report: ${found} in ${file}, must ${must}`, options);
    this.file = file;
  }
}
