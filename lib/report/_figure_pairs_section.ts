import { type FigureData, type FigurePair, pairFigures } from "./_figure_pairs.ts";
import { renderDrawing } from "./_figure.ts";
import { type Html, markup } from "./_html.ts";
import { toHref } from "./_page.ts";
import { text } from "./_untrusted.ts";
import { type ComparedRun, isMissing } from "./compared_run.ts";
import { isRecord } from "./read_executed.ts";

/** What the drawings of one page may take, so that it stays a mail's attachment. */
const MOST_BYTES = 3_500_000;

/** The figures that differ beside each other, those that do not by name; or why there are none. */
export function renderFigurePairs(
  { before, after }: { readonly before: ComparedRun; readonly after: ComparedRun },
  { mostBytes = MOST_BYTES }: { readonly mostBytes?: number } = {},
): Html {
  const [one, other] = [before.executed, after.executed];
  if (isMissing(one)) return markup`<p class="aside">${one.why}.</p>`;
  if (isMissing(other)) return markup`<p class="aside">${other.why}.</p>`;
  const { changed, same } = pairFigures(one, other);
  const left: FigurePair[] = [];
  let bytes = 0;
  const shown = changed.flatMap((pair, i) => {
    const drawn = renderPair(pair, i + 1);
    const size = new TextEncoder().encode(drawn.text).length;
    if (bytes + size > mostBytes) {
      left.push(pair);
      return [];
    }
    bytes += size;
    return [drawn];
  });
  return markup`<p class="prose">${describeCounts({ changed, same })}</p>
${same.length > 0 && renderNames(`The same in both runs: ${same.length}`, same)}
${shown}
${
    left.length > 0 &&
    renderNames(`Different too, and too large to be drawn on this page: ${left.length}`, left)
  }`;
}

function describeCounts({ changed, same }: ReturnType<typeof pairFigures>): string {
  if (changed.length + same.length === 0) return "No notebook of either run shows a figure.";
  if (changed.length === 0) {
    return `All ${same.length} figures are the same, with their titles and captions.`;
  }
  const differ = changed.length === 1 ? "figure differs" : "figures differ";
  return `${changed.length} of ${
    changed.length + same.length
  } ${differ}. Each is as its run drew it: look at the scales before you compare heights.`;
}

/** Each leads to its notebook's page of the last run. */
function renderNames(summary: string, pairs: readonly FigurePair[]): Html {
  const items = pairs.map(({ notebook, notebookTitle, before, after }) => {
    const name = text((after ?? before)!.title) || "a figure";
    return markup`<li><a href="${toHref(notebook)}">${notebookTitle}</a>: ${name}</li>\n`;
  });
  return markup`<details class="more"><summary>${summary}</summary><ul>${items}</ul></details>`;
}

function renderPair({ notebook, notebookTitle, before, after }: FigurePair, number: number): Html {
  return markup`<section class="pair" id="figure-${number}" aria-labelledby="figure-${number}-of">
<h3 id="figure-${number}-of"><a class="number" href="#figure-${number}">Figure ${number}</a> <a class="of" href="${
    toHref(notebook)
  }">${notebookTitle}</a></h3>
<div class="two">
${renderSide(before, { number, side: "before" })}
${renderSide(after, { number, side: "after" })}
</div>
</section>
`;
}

function renderSide(
  figure: FigureData | undefined,
  { number, side }: { readonly number: number; readonly side: "before" | "after" },
): Html {
  const label = markup`<p class="side">${side}</p>`;
  const drawing = figure && renderBoth(figure, { number, side });
  if (figure === undefined || drawing === undefined) {
    return markup`<div>${label}<p class="aside">${
      figure === undefined
        ? "There was no such figure in this run."
        : "This figure has no drawing that a page can show."
    }</p></div>`;
  }
  const caption = text(figure.caption);
  return markup`<figure>${label}<p class="figure-title">${text(figure.title)}</p>
<div class="plot" role="region" tabindex="0" aria-label="Figure ${number}, ${side}">${drawing}</div>
${caption && markup`<figcaption>${caption}</figcaption>`}</figure>`;
}

/** The drawing, and that for a phone where there is one. */
function renderBoth(
  figure: FigureData,
  { number, side }: { readonly number: number; readonly side: string },
): Html | undefined {
  const alt = `${side}: ${text(figure.alt) || text(figure.title) || `Figure ${number}`}`;
  const prefix = `f${number}${side[0]}-`;
  const drawing = renderDrawing(figure, { prefix, alt });
  if (drawing === undefined) return undefined;
  const narrow = isRecord(figure.narrow) &&
    renderDrawing(figure.narrow, { prefix: `${prefix}n-`, alt, kind: "narrow" });
  return markup`${drawing}${narrow}`;
}

/** Rules of the page that has pairs: the whole screen's width, and one above the other on a phone. */
export const PAIRS_STYLE = `
.page.index { grid-template-columns: minmax(0, 80rem); }
.index main > :is(.opening, section.prose, .more) { max-width: var(--wide); }
.index main > p { max-width: var(--text); }
.jump { display: flex; flex-wrap: wrap; gap: 0.3rem 1.4rem; font-size: 0.9rem; }
.pair { margin: 2.6rem 0; }
.pair h3 .of { color: inherit; text-decoration: none; }
.pair h3 .of:hover { color: var(--accent); text-decoration: underline; }
.two { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 2rem; }
/* Drawings begin at one height, however long the titles are. */
.two > * { display: grid; grid-template-rows: subgrid; grid-row: span 4; row-gap: 0; align-content: start; margin: 0; min-width: 0; }
.side { margin: 0 0 0.3rem; color: var(--quiet); font-size: 0.84rem; font-weight: 600; }
@media screen and (min-width: 60.01rem) { .two .plot > div { min-width: 0 !important; } }
@media screen and (max-width: 60rem) { .two { grid-template-columns: minmax(0, 1fr); } }
@media print { .jump { display: none; } .index main > .more > summary { display: block; } .two { gap: 6mm; } .pair { break-inside: avoid; } .two .plot > div { min-width: 0 !important; } }
.way { background: color-mix(in srgb, var(--accent) calc(var(--share) * 40%), transparent); }
.stay { outline: 1.5px solid var(--quiet); outline-offset: -2px; }
.ways :is(th, td).n { padding-left: 0.7rem; padding-right: 0.7rem; }
.ways thead .n { min-width: 5.5rem; }
.ways tbody th { min-width: 9rem; }
.none { color: var(--quiet); }
`;
