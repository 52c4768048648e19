import { renderTerminal } from "./_ansi.ts";
import { type FigureContext, renderFigure } from "./_figure.ts";
import { type Html, markup, NOTHING, trusted } from "./_html.ts";
import { highlight } from "./_highlight.ts";
import { type MarkdownContext, renderMarkdown } from "./_markdown.ts";
import { renderFacts, renderNote } from "./_rich.ts";
import { sanitizeHtml, toDataUri } from "./_sanitize.ts";
import { renderTable } from "./_table.ts";
import { type ExecutedOutput, joinText } from "./read_executed.ts";

/** What the outputs of one page share. */
export interface OutputContext {
  readonly markdown: MarkdownContext;
  readonly figures: FigureContext;
}

/** Names the cell that an error came from. */
export interface CellPlace {
  /** Counted from 1 among the code cells, as the runner counts. */
  readonly number: number;
  /** The heading that the cell stands under. */
  readonly section: string | undefined;
}

/** One output as HTML; nothing for a media type that no page can show. */
export function renderOutput(
  output: ExecutedOutput,
  place: CellPlace,
  context: OutputContext,
): Html {
  switch (output.type) {
    case "stream":
      return output.text.trim() === "" ? NOTHING : renderTerminal(output.text, output.name);
    case "error":
      return renderError(output, place);
    case "data":
      return renderBundle(output.data, context);
  }
}

function renderError(
  error: Extract<ExecutedOutput, { type: "error" }>,
  place: CellPlace,
): Html {
  const where = place.section ? `Cell ${place.number}, “${place.section}”` : `Cell ${place.number}`;
  // An error in its own words needs no class name before them.
  const isOwn = error.name === "" || /^Cannot /.test(error.value);
  const message = isOwn ? error.value : error.value ? `${error.name}: ${error.value}` : error.name;
  const trace = withoutMessage(error);
  return markup`<div class="error" role="group" aria-label="Error">
<p class="error-title">${where} failed</p>
${renderTerminal(message, "message")}
${trace !== "" && renderTerminal(trace, "trace")}
</div>`;
}

/** Where it came from: a traceback repeats the message, which stands above it already. */
function withoutMessage({ value, traceback }: { value: string; traceback: string }): string {
  const start = value === "" ? -1 : traceback.indexOf(value);
  return (start < 0 ? traceback : traceback.slice(start + value.length)).replace(/^\n+|\s+$/g, "");
}

type Renderer = (value: unknown, context: OutputContext) => Html | undefined;

/** Media types that a page shows, the best first; each may decline what is not well-formed. */
const RENDERERS: readonly (readonly [type: string, render: Renderer])[] = [
  ["application/vnd.feira.figure+json", (value, { figures }) => renderFigure(value, figures)],
  ["application/vnd.feira.table+json", (value, { figures }) => renderTable(value, figures)],
  ["application/vnd.feira.note+json", (value) => renderNote(value)],
  ["application/vnd.feira.facts+json", (value) => renderFacts(value)],
  ["image/svg+xml", (value) => {
    const svg = joinText(value);
    return svg === undefined
      ? undefined
      // As an img a drawing can neither run a script nor load anything.
      : picture(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`);
  }],
  ["image/png", toPicture("image/png")],
  ["image/jpeg", toPicture("image/jpeg")],
  ["image/gif", toPicture("image/gif")],
  ["image/webp", toPicture("image/webp")],
  ["text/html", (value) => {
    const text = joinText(value);
    return text === undefined
      ? undefined
      : markup`<div class="html scroll" role="region" tabindex="0" aria-label="Output">${
        sanitizeHtml(text)
      }</div>`;
  }],
  ["text/markdown", (value, context) => {
    const text = joinText(value);
    return text === undefined ? undefined : renderMarkdown(text, context.markdown);
  }],
  ["application/json", (value) => {
    const text = JSON.stringify(value, null, 2);
    const code = trusted(highlight(text, "typescript"));
    return markup`<details class="more"><summary>JSON</summary><pre class="terminal" tabindex="0">${code}</pre></details>`;
  }],
  ["text/plain", (value) => {
    const text = joinText(value);
    return text === undefined || text.trim() === "" ? undefined : renderTerminal(text, "plain");
  }],
];

function renderBundle(data: Readonly<Record<string, unknown>>, context: OutputContext): Html {
  for (const [type, render] of RENDERERS) {
    if (!Object.hasOwn(data, type)) continue;
    const rendered = render(data[type], context);
    if (rendered) return rendered;
  }
  return NOTHING;
}

function toPicture(type: string): Renderer {
  return (value) => {
    const base64 = joinText(value);
    const uri = base64 === undefined ? undefined : toDataUri(type, base64);
    return uri === undefined ? undefined : picture(uri);
  };
}

function picture(uri: string): Html {
  return markup`<p class="picture"><img src="${uri}" alt="Picture displayed by the cell above"></p>`;
}
