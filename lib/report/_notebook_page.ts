import { type Html, html, NOTHING, trusted } from "./_html.ts";
import { highlight } from "./_highlight.ts";
import { renderFooter } from "./_footer.ts";
import { type Heading, renderMarkdown, splitOpening } from "./_markdown.ts";
import { type OutputContext, renderOutput } from "./_outputs.ts";
import { type PageAssets, renderPage } from "./_page.ts";
import type { ExecutedCell, ExecutedNotebook } from "./read_executed.ts";
import type { NotebookRun, Site } from "./site_spec.ts";

/** What the index and the neighbours tell of a notebook. */
export interface NotebookSummary {
  readonly name: string;
  readonly title: string;
  readonly abstract: string | undefined;
}

/** An executed notebook, taken apart for its page. */
export interface NotebookDraft extends NotebookSummary {
  readonly notebook: ExecutedNotebook;
  /** Its cells without the title and the abstract. */
  readonly cells: readonly ExecutedCell[];
  readonly isForStakeholders: boolean;
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
    markdown: { headings: [], ids: new Set(PAGE_IDS) },
    numbering: { figures: 0, tables: 0 },
  };
  const body = draft.cells.map((cell) => renderCell(cell, context));
  const headings = context.markdown.headings.filter(({ level }) => level === 2 || level === 3);
  const failure = run?.state === "failed" &&
    html`
      <p class="note failure" role="note"
        id="failed"><strong>This notebook failed.</strong> ${run.why}</p>
    `;
  const main = html`<header class="opening">
<p class="crumbs"><a href="index.html">${site.title}</a></p>
<h1>${draft.title}</h1>
${draft.abstract && html`<p class="abstract">${draft.abstract}</p>`}
${failure}
</header>
${
    headings.length > 1 &&
    html`<details class="contents-phone"><summary>Contents</summary>${
      renderContents(headings)
    }</details>`
  }
${body}
<nav class="neighbours" aria-label="Other notebooks">${
    previous &&
    html`<a rel="prev" href="${previous.name}.html"><span>Before</span> ${previous.title}</a>`
  }${
    next && html`<a rel="next" href="${next.name}.html"><span>Next</span> ${next.title}</a>`
  }</nav>`;
  const aside = html`
    <aside class="contents">
      <div>
    ${headings.length > 1 &&
      html`<nav aria-label="Contents"><p class="contents-title">Contents</p>${
        renderContents(headings)
      }</nav>`}
      </div>
    </aside>
  `;
  return renderPage(
    {
      title: draft.title,
      description: draft.abstract,
      hidesCode: draft.isForStakeholders,
      aside,
      main,
      footer: renderFooter(site, run, parametersOf(draft.cells)),
    },
    site,
    assets,
  );
}

function renderCell(cell: ExecutedCell, context: OutputContext): Html {
  if (cell.type === "raw" || cell.tags.includes("remove-cell")) return NOTHING;
  if (cell.type === "markdown") {
    return cell.source.trim() === "" ? NOTHING : html`
      <section class="prose">
      ${renderMarkdown(cell.source, {
        ...context.markdown,
        attachments: cell.attachments,
      })}</section>
    `;
  }
  const place = { number: cell.number, section: context.markdown.headings.at(-1)?.text };
  const failed = cell.outputs.some((output) => output.type === "error");
  // An error is shown even where the outputs are not wanted.
  const outputs = cell.outputs
    .filter((output) => !cell.tags.includes("hide-output") || output.type === "error")
    .map((output) => {
      const rendered = renderOutput(output, place, context);
      return rendered === NOTHING ? NOTHING : html`
        <div class="output ${output.type}">${rendered}</div>
      `;
    });
  return html`
    <section class="cell${failed && " failed"}">
    ${renderInput(cell)}${outputs}</section>
  `;
}

function renderInput(cell: ExecutedCell): Html {
  const source = cell.source.trim();
  if (source === "" || cell.tags.includes("remove-input")) return NOTHING;
  const lines = source.split("\n").length;
  const label = cell.tags.includes("injected-parameters")
    ? "Parameters of this run"
    : cell.tags.includes("parameters")
    ? "Parameters"
    : "Code";
  return html`
    <details class="code" ${!cell.tags.includes("hide-input") && " open"}>
      <summary>${label}<span class="lines">, ${lines} ${lines === 1
        ? "line"
        : "lines"}</span></summary>
      <pre tabindex="0"><code>${trusted(highlight(source, "typescript"))}</code></pre>
    </details>
  `;
}

function renderContents(headings: readonly Heading[]): Html {
  return html`<ol>${
    headings.map(({ id, level, text }) =>
      html`
        <li${level === 3 && html`
          class="sub"
        `}><a href="#${id}">${text}</a></li>
      `
    )
  }</ol>`;
}

/** The parameters that the runner injected, on one line. */
function parametersOf(cells: readonly ExecutedCell[]): string | undefined {
  const cell = cells.find(({ tags }) => tags.includes("injected-parameters"));
  return cell?.source.split("\n").map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("//")).join(" ");
}
