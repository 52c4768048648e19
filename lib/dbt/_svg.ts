/** Width of a character of the diagrams' font, as a share of its size. */
const CHARACTER = 0.602;

/** Pixels that a text needs. */
export function textWidth(text: string, size: number): number {
  return text.length * CHARACTER * size;
}

/** Text for an element or an attribute. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Colours for both schemes; every diagram brings its own ground, for a page may have any. */
const STYLE = `
text { font-family: ui-monospace, "SFMono-Regular", "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #1f2328 }
.ground { fill: #ffffff } .box { fill: #f6f8fa; stroke: #8c959f } .head { fill: #dbe9f9; stroke: #8c959f }
.guest { fill: #eaeef2; stroke: #8c959f } .soft { fill: #59636e } .title { font-weight: 600 }
.mark { stroke: #1f2328; fill: #ffffff } .line { fill: none; stroke-width: 1.4 }
.c0 { stroke: #0969da } .c1 { stroke: #bc4c00 } .c2 { stroke: #1a7f37 } .c3 { stroke: #8250df }
.c4 { stroke: #bf3989 } .c5 { stroke: #7d4e00 } .c6 { stroke: #57606a }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .ground { fill: #0d1117 } .box { fill: #161b22; stroke: #6e7681 }
.head { fill: #1c3452; stroke: #6e7681 } .guest { fill: #262c36; stroke: #6e7681 } .soft { fill: #9da7b3 }
.mark { stroke: #e6edf3; fill: #0d1117 }
.c0 { stroke: #58a6ff } .c1 { stroke: #f0883e } .c2 { stroke: #3fb950 } .c3 { stroke: #a371f7 }
.c4 { stroke: #f778ba } .c5 { stroke: #d29922 } .c6 { stroke: #8b949e }
}`;

/** Number of line colours. */
export const COLOURS = 7;

/** A whole SVG file, with what it shows for those who cannot see it. */
export function toSvg(
  body: readonly string[],
  { width, height, title, description }: {
    readonly width: number;
    readonly height: number;
    readonly title: string;
    readonly description: string;
  },
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="description">${escapeXml(description)}</desc>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="ground" width="${width}" height="${height}" rx="8"/>`,
    ...body,
    "</svg>\n",
  ].join("\n");
}
