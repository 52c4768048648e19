import { createHash } from "node:crypto";
import { inflateSync } from "node:zlib";

/** The PNG in a data URI, its pixels as palette indices with the filter byte of each line. */
export function pixelsOf(base64: string): Uint8Array {
  const png = Uint8Array.fromBase64(base64);
  const view = new DataView(png.buffer);
  for (let offset = 8; offset < png.length;) {
    const length = view.getUint32(offset);
    const type = String.fromCharCode(...png.subarray(offset + 4, offset + 8));
    if (type === "IDAT") return inflateSync(png.subarray(offset + 8, offset + 8 + length));
    offset += length + 12;
  }
  throw new RangeError("Cannot read a PNG: there is no IDAT, must be one");
}

/**
 * An SVG as snapshots compare it: one element per line, ids without their
 * hash, numbers to three decimals, pictures by their pixels (how they are
 * compressed may differ between versions of zlib).
 */
export function normalise(svg: string): string {
  return svg
    .replace(
      /data:image\/png;base64,([\w+/=]+)/g,
      (_, data) =>
        `pixels:${createHash("sha256").update(pixelsOf(data)).digest("hex").slice(0, 16)}`,
    )
    .replace(/\bf[0-9a-f]{10}-/g, "figure-")
    .replace(/-?\d+\.\d{4,}/g, (number) => String(Math.round(Number(number) * 1000) / 1000))
    .replace(/>\s*</g, ">\n<").trim() + "\n";
}

/** Elements, attributes and text of strict XML; throws where a browser would refuse an image. */
export function parseXml(xml: string): { name: string; attributes: Map<string, string> }[] {
  const token = /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
  const open: string[] = [];
  const elements: { name: string; attributes: Map<string, string> }[] = [];
  while (token.lastIndex < xml.length) {
    const from = token.lastIndex;
    const match = token.exec(xml);
    if (match === null) throw new SyntaxError(`not XML at ${from}: ${xml.slice(from, from + 60)}`);
    const [, closing, name, attributes, selfClosing, text] = match;
    checkText(text ?? attributes!);
    if (text !== undefined) continue;
    if (closing) {
      if (open.pop() !== name) throw new SyntaxError(`</${name}> closes another element`);
      continue;
    }
    const pairs = [...attributes!.matchAll(/([\w:-]+)="([^"]*)"/g)].map((m) =>
      [m[1]!, m[2]!] as const
    );
    if (new Set(pairs.map(([key]) => key)).size < pairs.length) {
      throw new SyntaxError(`<${name}> has an attribute twice`);
    }
    elements.push({ name: name!, attributes: new Map(pairs) });
    if (!selfClosing) open.push(name!);
  }
  if (open.length > 0) throw new SyntaxError(`<${open.at(-1)}> is not closed`);
  return elements;
}

function checkText(text: string): void {
  if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(text)) throw new SyntaxError(`bare & in ${text}`);
  // deno-lint-ignore no-control-regex -- just these must not be there
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text) || !text.isWellFormed()) {
    throw new SyntaxError(`a character that XML cannot hold in ${JSON.stringify(text)}`);
  }
}
