/** The tags that a cell may have, and what each does. */
export const TAGS: Readonly<Record<string, string>> = {
  "parameters": "holds the notebook's parameters with their defaults",
  "hide-input": "its page folds the code",
  "hide-output": "its page folds the outputs",
  "remove-input": "its page leaves the code out",
  "remove-output": "its page leaves the outputs out",
  "remove-cell": "its page leaves the cell out",
  "raises-exception": "it may fail: an error is its point",
  "progress": "what it prints is shown while it runs, and kept only where it fails",
  "provenance": "it tells of the run itself, as how long what took: its page shows it at the end",
  "ignore-output": "its outputs are not compared with the stored ones",
};

/** Whether the runner, the pages or the checks know a tag; `tolerance:1e-6` is one too. */
export function isKnownTag(tag: string): boolean {
  return Object.hasOwn(TAGS, tag) || relativeToleranceOf(tag) !== undefined;
}

/**
 * The share by which a cell's numbers may differ from the stored ones, of its
 * tag `tolerance:1e-6`; undefined for any other tag.
 */
export function relativeToleranceOf(tag: string): number | undefined {
  const value = Number(tag.match(/^tolerance:(.+)$/)?.[1]);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}
