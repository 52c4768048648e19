// @ts-types="npm:@types/sanitize-html@2.16.0"
import sanitize from "sanitize-html";
import { type Html, trusted } from "./_html.ts";

const SAFE_LENGTH = /^[\d.]{1,6}(px|em|rem|%)?$/;
const SAFE_COLOUR =
  /^(#[0-9a-f]{3,8}|[a-z]{3,24}|(rgb|hsl)a?\([\d\s.,%/]+\)|var\(--[a-z0-9-]+\))$/i;
const PNG = /^data:image\/png;base64,[A-Za-z0-9+/=\s]+$/;
const PICTURE = /^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+$/;

const HTML_TAGS = (
  "p br hr div span pre code kbd samp b strong i em u s small sub sup mark abbr blockquote q cite " +
  "ul ol li dl dt dd h1 h2 h3 h4 h5 h6 table caption colgroup col thead tbody tfoot tr th td " +
  "figure figcaption details summary a img"
).split(" ");

/**
 * HTML that a cell displayed, reduced to text, lists, tables and embedded
 * pictures. No script, style sheet, form, frame, class, id or event handler
 * passes, and no address that a page would load by itself.
 */
export function sanitizeHtml(text: string): Html {
  return trusted(sanitize(text, {
    allowedTags: HTML_TAGS,
    allowedAttributes: {
      "*": ["title", "lang", "dir", "style"],
      a: ["href", "rel"],
      img: ["src", "alt", "width", "height"],
      td: ["colspan", "rowspan", "align"],
      th: ["colspan", "rowspan", "align", "scope"],
      ol: ["start", "reversed"],
      details: ["open"],
    },
    allowedSchemes: ["http", "https", "mailto"],
    allowedSchemesByTag: { img: ["data"] },
    allowProtocolRelative: false,
    allowedStyles: {
      "*": {
        "text-align": [/^(left|right|center|start|end)$/],
        "font-weight": [/^(normal|bold|\d00)$/],
        "font-style": [/^(normal|italic)$/],
        "font-variant-numeric": [/^tabular-nums$/],
        "white-space": [/^(pre|nowrap|pre-wrap|normal)$/],
        "width": [SAFE_LENGTH],
        "max-width": [SAFE_LENGTH],
      },
    },
    transformTags: {
      a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, rel: "noopener noreferrer" } }),
    },
    exclusiveFilter: (frame) => frame.tag === "img" && !PICTURE.test(frame.attribs.src ?? ""),
  }));
}

const SVG_TAGS = (
  "svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan " +
  "textPath clipPath mask marker pattern linearGradient radialGradient stop image"
).split(" ");

const SVG_ATTRIBUTES = (
  "viewBox width height x y x1 y1 x2 y2 cx cy r rx ry d points transform id role fill stroke opacity color " +
  "fill-opacity fill-rule clip-rule stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap " +
  "stroke-linejoin stroke-miterlimit vector-effect shape-rendering paint-order font-family font-size font-weight " +
  "font-style font-variant text-anchor dominant-baseline alignment-baseline dx dy rotate textLength lengthAdjust " +
  "letter-spacing clip-path clipPathUnits mask maskUnits marker-start marker-mid marker-end markerWidth markerHeight " +
  "markerUnits refX refY orient patternUnits patternTransform patternContentUnits gradientUnits gradientTransform " +
  "spreadMethod offset stop-color stop-opacity fx fy preserveAspectRatio image-rendering href xlink:href style " +
  "startOffset aria-hidden aria-label aria-description pointer-events visibility display"
).split(" ");

/**
 * A drawing fit to stand in a page: shapes, text, gradients and embedded PNG.
 * No script, style sheet, foreign object, animation, link or event handler
 * passes, references only to its own parts. Its ids get the prefix, so that two
 * drawings on a page do not share them.
 *
 * @returns undefined when the text has no `<svg>` element.
 */
export function sanitizeSvg(text: string, prefix: string): Html | undefined {
  const start = text.search(/<svg[\s>]/);
  if (start < 0) return undefined;
  const clean = sanitize(text.slice(start), {
    allowedTags: SVG_TAGS,
    allowedAttributes: { "*": [...SVG_ATTRIBUTES, "data-*"] },
    allowedSchemes: ["data"],
    allowProtocolRelative: false,
    allowedSchemesAppliedToAttributes: [],
    nonTextTags: ["script", "style", "textarea", "option", "noscript", "foreignObject", "iframe"],
    allowedStyles: {
      "*": {
        "image-rendering": [/^(pixelated|crisp-edges|auto)$/],
        "mix-blend-mode": [/^(normal|multiply|darken|lighten)$/],
        "font-variant-numeric": [/^tabular-nums$/],
        "white-space": [/^(pre|normal|nowrap)$/],
        "fill": [SAFE_COLOUR],
        "stroke": [SAFE_COLOUR],
        "color": [SAFE_COLOUR],
        "opacity": [/^[\d.]+$/],
        "font-size": [SAFE_LENGTH],
        "font-weight": [/^(normal|bold|\d00)$/],
        "text-anchor": [/^(start|middle|end)$/],
      },
    },
    transformTags: {
      "*": (tagName, attribs) => {
        const safe = toSafeAttributes(tagName, attribs, prefix);
        // What the drawing shows is said by the element around it.
        return { tagName, attribs: tagName === "svg" ? toHidden(safe) : safe };
      },
    },
    parser: { lowerCaseTags: false, lowerCaseAttributeNames: false },
  });
  const end = clean.lastIndexOf("</svg>");
  return end < 0 ? undefined : trusted(clean.slice(0, end + 6));
}

/** What the page's own elements alone carry. Other data attributes are for a figure's script. */
const OF_THE_PAGE = new Set(["data-feira", "data-code", "data-provenance"]);

/** Ids and references to them prefixed; every other reference goes, but for an image's PNG. */
function toSafeAttributes(
  tagName: string,
  attributes: Record<string, string>,
  prefix: string,
): Record<string, string> {
  const safe: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (OF_THE_PAGE.has(name)) continue;
    if (name === "id") safe.id = prefix + value;
    else if (name === "href" || name === "xlink:href") {
      if (tagName === "image" && PNG.test(value)) safe.href = value.replace(/\s/g, "");
      else if (value.startsWith("#")) safe.href = `#${prefix}${value.slice(1)}`;
    } else if (/url\s*\(/i.test(value)) {
      const target = /^url\(\s*["']?#([\w:.-]+)["']?\s*\)$/.exec(value)?.[1];
      if (target) safe[name] = `url(#${prefix}${target})`;
    } else safe[name] = value;
  }
  return safe;
}

/** A drawing's own role and name would be said besides. */
function toHidden({ role: _, ...attributes }: Record<string, string>): Record<string, string> {
  return { ...attributes, "aria-hidden": "true" };
}

/** A base64 picture as a data URI; undefined when it is not base64. */
export function toDataUri(type: string, base64: string): string | undefined {
  const bare = base64.replace(/\s/g, "");
  return /^[A-Za-z0-9+/]+={0,2}$/.test(bare) ? `data:${type};base64,${bare}` : undefined;
}
