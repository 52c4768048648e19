import { type Html, markup } from "./_html.ts";
import { formatMoment, formatSeconds } from "./_page.ts";
import type { NotebookRun, Site } from "./site_spec.ts";

/** What a notebook's page tells in its footer besides. */
export interface FooterOptions {
  readonly notebook?: NotebookRun | undefined;
  readonly parameters?: string | undefined;
  /** What its cells tell of the run. */
  readonly details?: readonly Html[];
}

/**
 * Where a page's figures come from: what every page ends with. All that another
 * run of the same code on the same data may say otherwise stands here.
 */
export function renderFooter(site: Site, options: FooterOptions = {}): Html {
  const { notebook, parameters, details = [] } = options;
  const { run } = site;
  const facts: (readonly [label: string, value: string | Html])[] = [
    [
      "Run",
      markup`<time datetime="${run.started}">${formatMoment(run.started)}</time>, ${
        formatSeconds(run.seconds)
      }`,
    ],
    ["Data", run.source],
    ["Warehouse", run.warehouse],
  ];
  if (notebook) facts.push(["This notebook", describe(notebook)]);
  if (parameters) facts.push(["Its parameters", markup`<code>${parameters}</code>`]);
  if (run.tests) facts.push(["Data tests", describeTests(run.tests)]);
  if (run.model) {
    facts.push([
      "Model",
      `preset ${run.model.preset}, the gate ${run.model.gate}${
        run.model.forced ? ", published all the same" : ""
      }`,
    ]);
  }
  for (const { label, value } of site.provenance) facts.push([label, value]);
  const items = facts.map(([label, value]) =>
    markup`<div><dt>${label}</dt><dd>${value}</dd></div>
`
  );
  return markup`<footer aria-label="Provenance">
<h2>Where this comes from</h2>
<dl class="provenance">${items}</dl>
${details}</footer>`;
}

/** The counts of a run's data tests in words. */
export function describeTests(tests: NonNullable<Site["run"]["tests"]>): string {
  const parts = [`${tests.passed} passed`];
  if (tests.warned > 0) parts.push(`${tests.warned} warned`);
  parts.push(tests.failed > 0 ? `${tests.failed} failed` : "none failed");
  return parts.join(", ");
}

function describe(notebook: NotebookRun): string {
  const { state, seconds, why } = notebook;
  const reason = why ? ` (${why})` : "";
  switch (state) {
    case "ran":
      return `executed in ${formatSeconds(seconds)}${reason}`;
    case "fresh":
      return `from an earlier run, still fresh${reason}`;
    case "failed":
      return `failed after ${formatSeconds(seconds)}${reason}`;
    case "skipped":
      return `not executed in this run, from an earlier one${reason}`;
  }
}
