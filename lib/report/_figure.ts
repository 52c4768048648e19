import { attributes, type Html, markup, trusted } from "./_html.ts";
import { sanitizeSvg } from "./_sanitize.ts";
import { renderSql } from "./_sql.ts";
import { size, text } from "./_untrusted.ts";
import { isRecord } from "./read_executed.ts";

/** What the figures and tables of one page share. */
export interface FigureContext {
  /** How many there are so far; grows as they are rendered. */
  readonly numbering: { figures: number; tables: number };
  /** Kinds of figures that the pages' scripts make interactive. */
  readonly known: ReadonlySet<string>;
  /** Those of them that the page has; grows. */
  readonly used: Set<string>;
}

/**
 * A figure with its number, title and caption, and the data that a script makes
 * it interactive from. A kind of which there is no script stays the drawing.
 *
 * @returns undefined when the data is no figure, so that a fallback may stand for it.
 */
export function renderFigure(data: unknown, context: FigureContext): Html | undefined {
  const { numbering, known, used } = context;
  if (!isRecord(data) || typeof data.svg !== "string") return undefined;
  const number = numbering.figures + 1;
  const title = text(data.title);
  const alt = text(data.alt) || title || `Figure ${number}`;
  const drawing = renderDrawing(data, { prefix: `f${number}-`, alt });
  if (!drawing) return undefined;
  numbering.figures = number;
  // For a phone, where the figure was drawn for one.
  const narrow = isRecord(data.narrow) &&
    renderDrawing(data.narrow, { prefix: `f${number}n-`, alt, kind: "narrow" });
  const interaction = isRecord(data.interaction) ? data.interaction : {};
  const kind = typeof interaction.kind === "string" && known.has(interaction.kind) &&
    interaction.kind;
  if (kind) used.add(kind);
  return markup`<figure class="figure" id="figure-${number}"${attributes({ "data-feira": kind })}>
<p class="figure-title"><a class="number" href="#figure-${number}">Figure ${number}</a> ${title}</p>
<div class="plot" role="region" tabindex="0" aria-label="Figure ${number}">${drawing}${narrow}</div>
${kind && dataBlock(interaction.data)}
${text(data.caption) && markup`<figcaption>${text(data.caption)}</figcaption>`}${renderSql(data)}
</figure>`;
}

/** A drawing that an SVG document is of; undefined without one. */
export function renderDrawing(
  data: Readonly<Record<string, unknown>>,
  { prefix, alt, kind }: {
    readonly prefix: string;
    readonly alt: string;
    readonly kind?: "narrow";
  },
): Html | undefined {
  const svg = typeof data.svg === "string" ? sanitizeSvg(data.svg, prefix) : undefined;
  if (!svg) return undefined;
  const width = Math.min(size(data.width) ?? 640, 2_000);
  const minWidth = legibleWidth(svg.text, { width, minWidth: size(data.minWidth) ?? 0 });
  const given = attributes({ class: kind });
  return markup`<div${given} role="img" aria-label="${alt}" style="min-width:${minWidth}px;max-width:${width}px">${svg}</div>`;
}

/** The smallest text that a phone shows legibly, px. */
const LEGIBLE = 11;

/** The width from which a drawing's smallest text can be read; never more than its own. */
function legibleWidth(
  svg: string,
  { width, minWidth }: { readonly width: number; readonly minWidth: number },
): number {
  const sizes = [...svg.matchAll(/ font-size="(\d+(?:\.\d+)?)(?:px)?"/g)].map(([, n]) => Number(n));
  const smallest = Math.min(...sizes.filter((n) => n > 0), 16);
  return Math.min(width, Math.max(minWidth, Math.ceil(width * LEGIBLE / smallest)));
}

/** Data for a script of the page. A browser runs no script of this type, and nothing ends it early. */
function dataBlock(data: unknown): Html {
  const json = JSON.stringify(data ?? null).replaceAll("<", "\\u003c");
  return markup`<script type="application/json">${trusted(json)}</script>`;
}
