import { escapeText, px } from "./_markup.ts";
import { THEME } from "./theme.ts";

/** The little of the DOM that is read here; linkedom's and a browser's both have it. */
interface DomNode {
  readonly nodeType: number;
  readonly localName: string;
  readonly data: string;
  readonly attributes: ArrayLike<{ readonly name: string; readonly value: string }>;
  readonly childNodes: ArrayLike<DomNode>;
}

/** Attributes whose default is what Plot writes out, or that mean nothing inside a figure. */
const DROPPED = new Set(["class", "aria-hidden", "aria-label", "xmlns", "xmlns:xlink"]);
const NUMBER = /-?\d+\.\d{3,}(?:e-?\d+)?/g;

function attribute(name: string, value: string): string {
  const text = value
    .replaceAll("currentColor", THEME.ink)
    .replaceAll("var(--plot-background)", THEME.paper)
    .replace(NUMBER, (number) => px(Number(number)));
  return ` ${name === "xlink:href" ? "href" : name}="${escapeText(text)}"`;
}

/**
 * A drawn element as strict XML. linkedom's own outerHTML is HTML (no
 * namespace, `&nbsp;`), which a browser refuses in an image.
 *
 * Style elements and empty groups go, colours become literal ones, and
 * coordinates keep two decimals.
 */
export function serialise(node: DomNode): string {
  if (node.nodeType === 3) return escapeText(node.data);
  if (node.nodeType !== 1 || node.localName === "style") return "";
  const content = Array.from(node.childNodes, serialise).join("");
  const name = node.localName;
  if (name === "g" && content === "") return "";
  const attributes = Array.from(node.attributes)
    .filter((a) => !DROPPED.has(a.name))
    .map((a) => attribute(a.name, a.value)).join("");
  return content === "" ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`;
}

/** The children of a drawn `<svg>`, in a group that carries the theme's text attributes. */
export function serialiseInside(svg: DomNode): string {
  const content = Array.from(svg.childNodes, serialise).join("");
  return `<g text-anchor="middle" fill="${THEME.ink}">${content}</g>`;
}
