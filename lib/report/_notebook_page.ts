import type { PageAssets } from "./_assets.ts";
import { attributes, type Html, markup, NOTHING, trusted } from "./_html.ts";
import { highlight } from "./_highlight.ts";
import { renderFooter } from "./_footer.ts";
import { type Heading, renderMarkdown, splitOpening } from "./_markdown.ts";
import { type OutputContext, renderOutput } from "./_outputs.ts";
import { renderPage, toHref } from "./_page.ts";
import type { ExecutedCell, ExecutedNotebook } from "./read_executed.ts";
import type { NotebookRun, Site } from "./site_spec.ts";

/** What the index and the neighbours tell of a notebook. */
export interface NotebookSummary {
  readonly name: string;
  readonly title: string;
  readonly abstract: string | undefined;
  /** `audience: stakeholder` in the front matter: to be read first, code hidden. */
  readonly isForStakeholders: boolean;
}

/** An executed notebook, taken apart for its page. */
export interface NotebookDraft extends NotebookSummary {
  readonly notebook: ExecutedNotebook;
  /** Its cells without the title and the abstract. */
  readonly cells: readonly ExecutedCell[];
}

/** Ids that a page has of its own. */
const PAGE_IDS = ["content", "contents", "code-toggle", "failed"];

/** Finds a notebook's title, abstract and audience. */
export function draftNotebook(name: string, notebook: ExecutedNotebook): NotebookDraft {
  const { frontMatter } = notebook;
  const first = notebook.cells.findIndex((cell) => cell.type === "markdown");
  const opening: ReturnType<typeof splitOpening> = first < 0
    ? { rest: "" }
    : splitOpening(notebook.cells[first]!.source);
  const cells = notebook.cells.map((cell, i) =>
    i === first ? { ...cell, source: opening.rest } : cell
  );
  const given = typeof frontMatter.title === "string" ? frontMatter.title : undefined;
  return {
    name,
    title: given ?? opening.title ?? name,
    abstract: opening.abstract,
    notebook,
    cells,
    isForStakeholders: frontMatter.audience === "stakeholder",
  };
}

/** The page of one notebook. */
export function renderNotebookPage(
  draft: NotebookDraft,
  around: {
    site: Site;
    assets: PageAssets;
    run: NotebookRun | undefined;
    previous: NotebookSummary | undefined;
    next: NotebookSummary | undefined;
  },
): string {
  const { site, assets, run, previous, next } = around;
  const context: OutputContext = {
    markdown: { headings: [], ids: new Set(PAGE_IDS), count: { footnotes: 0 } },
    figures: {
      numbering: { figures: 0, tables: 0 },
      known: new Set(assets.enhancements.keys()),
      used: new Set(),
    },
  };
  const isProvenance = (cell: ExecutedCell) => cell.tags.includes("provenance");
  const body = draft.cells.filter((cell) => !isProvenance(cell))
    .map((cell) => renderCell(cell, context, draft));
  const details = draft.cells.filter(isProvenance).map((cell) => renderCell(cell, context, draft));
  const headings = context.markdown.headings.filter(({ level }) => level === 2 || level === 3);
  const failure = run?.state === "failed" &&
    markup`<p class="note failure" role="note" id="failed"><strong>This notebook failed.</strong> ${run.why}</p>`;
  const main = markup`<header class="opening">
<p class="crumbs"><a href="index.html">${site.title}</a></p>
<h1>${draft.title}</h1>
${draft.abstract && markup`<p class="abstract">${draft.abstract}</p>`}
${failure}
</header>
${
    headings.length > 1 &&
    markup`<details class="contents-phone"><summary>Contents</summary>${
      renderContents(headings)
    }</details>`
  }
${body}
<nav class="neighbours" aria-label="Other notebooks">${
    previous &&
    markup`<a rel="prev" href="${toHref(previous.name)}"><span>Before</span> ${previous.title}</a>`
  }${
    next && markup`<a rel="next" href="${toHref(next.name)}"><span>Next</span> ${next.title}</a>`
  }</nav>`;
  const contents = headings.length > 1 &&
    markup`<nav aria-label="Contents"><p class="contents-title">Contents</p>${
      renderContents(headings)
    }</nav>`;
  const aside = markup`<aside class="contents"><div>${contents}</div></aside>`;
  return renderPage(
    {
      title: draft.title,
      description: draft.abstract,
      hidesCode: draft.isForStakeholders,
      enhancements: context.figures.used,
      aside,
      main,
      footer: renderFooter(site, {
        notebook: run,
        parameters: parametersOf(draft.cells),
        details,
      }),
    },
    site,
    assets,
  );
}

function renderCell(cell: ExecutedCell, context: OutputContext, page: NotebookSummary): Html {
  if (cell.type === "raw" || cell.tags.includes("remove-cell")) return NOTHING;
  if (cell.type === "markdown") {
    if (cell.source.trim() === "") return NOTHING;
    const markdown = { ...context.markdown, attachments: cell.attachments };
    return markup`<section class="prose">\n${renderMarkdown(cell.source, markdown)}</section>\n`;
  }
  const place = { number: cell.codeNumber, section: context.markdown.headings.at(-1)?.text };
  const failed = cell.outputs.some((output) => output.type === "error");
  // An error is shown even where the outputs are not wanted.
  const outputs = cell.outputs
    .filter((output) => !cell.tags.includes("remove-output") || output.type === "error")
    .map((output) => {
      const rendered = renderOutput(output, place, context);
      return rendered === NOTHING
        ? NOTHING
        : markup`<div class="output of-${output.type}">${rendered}</div>\n`;
    });
  const shown = cell.tags.includes("hide-output") && !failed && cell.outputs.length > 0
    ? markup`<details class="hidden-output"><summary>Output</summary>${outputs}</details>`
    : outputs;
  return markup`<section class="cell${failed && " failed"}">
${renderInput(cell, page)}${shown}</section>
`;
}

function renderInput(cell: ExecutedCell, { isForStakeholders }: NotebookSummary): Html {
  const source = cell.source.trim();
  if (source === "" || cell.tags.includes("remove-input")) return NOTHING;
  const lines = source.split("\n").length;
  const label = cell.tags.includes("injected-parameters")
    ? "Parameters of this run"
    : cell.tags.includes("parameters")
    ? "Parameters"
    : "Code";
  const open = attributes({ open: !isForStakeholders && !cell.tags.includes("hide-input") });
  const count = `, ${lines} ${lines === 1 ? "line" : "lines"}`;
  const code = trusted(highlight(source, "typescript"));
  return markup`<details class="code"${open}><summary>${label}<span class="lines">${count}</span></summary><pre tabindex="0"><code>${code}</code></pre></details>
`;
}

function renderContents(headings: readonly Heading[]): Html {
  const items = headings.map(({ id, level, text }) =>
    markup`<li${attributes({ class: level === 3 && "sub" })}><a href="#${id}">${text}</a></li>\n`
  );
  return markup`<ol>${items}</ol>`;
}

/** The parameters that the runner injected, on one line. */
function parametersOf(cells: readonly ExecutedCell[]): string | undefined {
  const cell = cells.find(({ tags }) => tags.includes("injected-parameters"));
  return cell?.source.split("\n").map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("//")).join(" ");
}
