import { digestNumbers } from "./_digest_numbers.ts";
import { digestPng } from "./_digest_pixels.ts";
import type { NumbersDigest, PixelsDigest } from "./types.ts";

/** What an SVG document consists of. */
export interface SvgDigest {
  readonly size: string;
  readonly elements: Readonly<Record<string, number>>;
  readonly colours: Readonly<Record<string, number>>;
  readonly texts: readonly string[];
  readonly geometry: Readonly<Record<string, NumbersDigest>>;
  readonly images: readonly PixelsDigest[];
}

const TAG = /<([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>([^<]*)/g;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;
const PNG_DATA = /^data:image\/png;base64,(.+)$/s;

/** Names and looks, which are no geometry. */
const NO_GEOMETRY = /^(id|class|role|style|xmlns.*|font-.*|text-anchor|clip-path|aria-.*|.*href)$/;

/**
 * Takes an SVG apart: how many of each element, which colours, what is written,
 * where everything is, as means per attribute, and the pixels of its images.
 * Ids do not count, for they only have to fit each other.
 */
export function digestSvg(svg: string): SvgDigest {
  const elements: Record<string, number> = {};
  const colours: Record<string, number> = {};
  const texts: string[] = [];
  const numbers = new Map<string, number[]>();
  const images: PixelsDigest[] = [];
  for (const [, name = "", attributes = "", content = ""] of svg.matchAll(TAG)) {
    count(elements, name);
    // The document's own title and description are told beside it.
    const isOwn = name === "desc" || (name === "title" && elements.title === 1);
    if (content.trim() !== "" && !isOwn) texts.push(content.trim());
    for (const [, key = "", double, single] of attributes.matchAll(ATTRIBUTE)) {
      const value = double ?? single ?? "";
      if (key === "fill" || key === "stroke") count(colours, `${key} ${value.toLowerCase()}`);
      const png = value.match(PNG_DATA)?.[1];
      if (png !== undefined) images.push(digestPng(png));
      if (NO_GEOMETRY.test(key) || /^(fill|stroke)$/.test(key)) continue;
      const place = `${name} ${key}`;
      const found = value.match(NUMBER)?.map(Number) ?? [];
      if (found.length === 0) continue;
      const earlier = numbers.get(place);
      if (earlier === undefined) numbers.set(place, found);
      else for (const number of found) earlier.push(number);
    }
  }
  const [, width, height] = svg.match(/<svg[^>]*?\swidth="([\d.]+)"[^>]*?\sheight="([\d.]+)"/) ??
    [];
  return {
    size: `${width} × ${height}`,
    elements: sorted(elements),
    colours: sorted(colours),
    texts,
    geometry: sorted(
      Object.fromEntries([...numbers].map(([place, values]) => [place, digestNumbers(values)])),
    ),
    images,
  };
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

function sorted<V>(record: Record<string, V>): Record<string, V> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
