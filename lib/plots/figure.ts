import { createHash } from "node:crypto";
import { DISPLAY, type Display } from "./_display.ts";
import { escapeText, tag } from "./_markup.ts";
import { sqlHtml } from "./_sql_html.ts";
import { THEME } from "./theme.ts";

/** The type of {@link FigureData} in a notebook's output. */
export const FIGURE_MIME = "application/vnd.feira.figure+json";

/** What every figure function takes beside its data. */
export interface FigureOptions {
  /** The finding, in one sentence; drawn above the figure, not in it. */
  readonly title: string;
  /** How to read the figure; most figures have a default. */
  readonly caption?: string;
  /** For who cannot see it; by default made from the data. */
  readonly alt?: string;
}

/**
 * What lets a report's own script bring a figure to life. It is data and no
 * code: where no script reads it, the drawing alone is shown.
 */
export interface Interaction {
  /** Which script reads it: a name of lower-case letters. */
  readonly kind: "explorer" | "planes";
  /** Plain JSON; many numbers are base64 of little-endian arrays. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** A figure as data, as a report reads it from a notebook's output. */
export interface FigureData {
  /** A whole SVG document: no script, no font, no address; safe inline and as an image. */
  readonly svg: string;
  readonly title: string;
  readonly caption: string;
  readonly alt: string;
  /** Natural size, px. */
  readonly width: number;
  readonly height: number;
  /** Below this width, px, its text is too small to read: let it scroll instead. */
  readonly minWidth: number;
  /** Drawn anew for a phone; a figure without one scrolls there. */
  readonly narrow?: Pick<FigureData, "svg" | "width" | "height" | "minWidth">;
  readonly interaction?: Interaction;
  /** The query whose rows it shows. */
  readonly sql?: string;
}

/** A figure that Jupyter shows when it is a cell's last value. */
export interface Figure extends FigureData, Display {}

/** The smallest text that a phone still shows legibly, px. */
const LEGIBLE = 7.2;

/** A body of SVG markup and what is said about it → a display object. */
export function toFigure(
  body: string,
  { title, caption = "", alt = title, width, height, interaction }: FigureOptions & {
    readonly width: number;
    readonly height: number;
    readonly interaction?: Interaction;
  },
): Figure {
  const data: FigureData = {
    svg: toDocument(body, { title, alt, width, height }),
    title,
    caption,
    alt,
    width,
    height,
    minWidth: Math.round(width * LEGIBLE / THEME.fontSize),
    ...(interaction && { interaction }),
  };
  return displayed(data);
}

/** px that a figure has on a desk, and on a phone of 390 px. */
const [DESK, PHONE] = [640, 350];
/** Below so many px a figure is laid out for a phone. */
export const NARROW = 520;

/**
 * A figure that is drawn twice, for a desk and for a phone: text that is made
 * smaller until a figure fits cannot be read, and what scrolls is seen in parts.
 *
 * @param draw what fits into so many px
 */
export function toFit(draw: (width: number) => Figure): Figure {
  const { svg, width, height, minWidth } = draw(PHONE);
  return amendFigure(draw(DESK), { narrow: { svg, width, height, minWidth } });
}

/** The figure with something more in its data. */
export function amendFigure(
  { [DISPLAY]: _, ...data }: Figure,
  more: Pick<FigureData, "interaction" | "narrow" | "sql">,
): Figure {
  return displayed({ ...data, ...more });
}

/** Figure data with what Jupyter asks for. */
function displayed(data: FigureData): Figure {
  const { title, caption } = data;
  return {
    ...data,
    [DISPLAY]: () => ({
      "text/html": toHtml(data),
      "text/plain": [title, caption].filter(Boolean).join("\n"),
      [FIGURE_MIME]: data,
    }),
  };
}

function toDocument(
  body: string,
  { title, alt, width, height }: { title: string; alt: string; width: number; height: number },
): string {
  // Ids are global to a page that holds several figures, so each figure's start with its own hash.
  const plain = reindex(body, "id");
  const hash = createHash("sha256").update(title).update(alt).update(plain).digest("hex");
  const prefix = `f${hash.slice(0, 10)}`;
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: "img",
    "aria-labelledby": `${prefix}-title ${prefix}-desc`,
    "font-family": THEME.fontFamily,
    "font-size": THEME.fontSize,
    fill: THEME.ink,
    style: "max-width:100%;height:auto",
  };
  return tag(
    "svg",
    attributes,
    tag("title", { id: `${prefix}-title` }, escapeText(title)) +
      tag("desc", { id: `${prefix}-desc` }, escapeText(alt)) +
      tag("rect", { width, height, fill: THEME.paper }) +
      reindex(plain, prefix),
  );
}

/** Ids in order of appearance: Plot counts its clip paths over the whole process. */
function reindex(markup: string, prefix: string): string {
  const ids = new Map<string, string>();
  for (const [, id] of markup.matchAll(/ id="([^"]+)"/g)) {
    if (!ids.has(id!)) ids.set(id!, `${prefix}-${ids.size + 1}`);
  }
  return markup.replace(
    / id="([^"]+)"|url\(#([^)]+)\)|href="#([^"]+)"/g,
    (found, id, url, href) => {
      const old: string = id ?? url ?? href;
      return found.replace(old, ids.get(old) ?? old);
    },
  );
}

/**
 * An `<img>`, for JupyterLab takes inline SVG out of notebooks that are not
 * trusted. Title and caption stay text, so that they can be searched and read out.
 */
function toHtml(data: FigureData): string {
  const src = `data:image/svg+xml;base64,${new TextEncoder().encode(data.svg).toBase64()}`;
  return frame(data, tag("img", { src, alt: data.alt, style: `width:100%;${sizes(data)}` }));
}

/**
 * A figure as HTML with the SVG itself in it, for a page that is live: its
 * marks then tell their values under the pointer, which those of an `<img>` do not.
 *
 * ```ts
 * import { barFigure, liveFigureHtml } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const figure = barFigure([{ state: "SP", sales: 3 }], {
 *   title: "One bar",
 *   x: "state",
 *   y: "sales",
 * });
 * assert.match(liveFigureHtml(figure), /<svg /);
 * ```
 */
export function liveFigureHtml(data: FigureData): string {
  return frame(data, tag("div", { style: sizes(data) }, data.svg));
}

function sizes({ width, minWidth }: FigureData): string {
  return `min-width:${minWidth}px;max-width:${width}px;height:auto`;
}

function frame({ title, caption, width, sql }: FigureData, image: string): string {
  return tag(
    "figure",
    { style: `margin:0.5em 0;max-width:${width}px` },
    tag("div", { style: "font-weight:600;margin-bottom:0.4em" }, escapeText(title)) +
      tag("div", { style: "overflow-x:auto" }, image) +
      (caption &&
        tag("figcaption", { style: "opacity:0.75;font-size:0.9em" }, escapeText(caption))) +
      sqlHtml(sql),
  );
}
