import MarkdownIt from "markdown-it";
import { addFootnotes, type FootnoteCount, renderCounted } from "./_footnotes.ts";
import { escapeHtml, type Html, trusted } from "./_html.ts";
import { highlight } from "./_highlight.ts";
import { addMath } from "./_math.ts";
import { toDataUri } from "./_sanitize.ts";

/** A heading of a page, for its table of contents. */
export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

/** What rendering one page's markdown leaves behind and looks up. */
export interface MarkdownContext {
  /** Grows as headings are rendered, in order. */
  readonly headings: Heading[];
  /** Ids that are taken on the page; grows. */
  readonly ids: Set<string>;
  readonly count: FootnoteCount;
  readonly attachments?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const PICTURE_TYPES = ["image/png", "image/jpeg", "image/gif", "image/webp"];
const PICTURE = /^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/;

// HTML in markdown is shown as text: a page's markup comes from this room alone.
const markdown = new MarkdownIt({ html: false, linkify: false, highlight }).use(addFootnotes).use(
  addMath,
);

const WEB_LINK = /^(https?:|mailto:|#)/i;
const OTHER_SCHEME = /^[^/?#]*:|^\/\//;

markdown.validateLink = (url) =>
  WEB_LINK.test(url) || !OTHER_SCHEME.test(url) || /^attachment:/.test(url) || PICTURE.test(url);

markdown.renderer.rules.heading_open = (tokens, i, _options, env) => {
  const text = plainText(tokens[i + 1]?.children ?? []);
  const { headings, ids } = env as unknown as MarkdownContext;
  const id = toFreeId(text, ids);
  tokens[i]!.meta = { id, text };
  const level = Number(tokens[i]!.tag.slice(1));
  headings.push({ level, id, text });
  return `<${tokens[i]!.tag} id="${id}">`;
};

markdown.renderer.rules.heading_close = (tokens, i) => {
  const { id, text } = tokens[i - 2]!.meta as { id: string; text: string };
  const label = escapeHtml(`Link to “${text}”`);
  return ` <a class="anchor" href="#${id}" aria-label="${label}">#</a></${tokens[i]!.tag}>\n`;
};

markdown.renderer.rules.link_open = (tokens, i, options, _env, self) => {
  let href = String(tokens[i]!.attrGet("href") ?? "");
  if (/^https?:/i.test(href)) tokens[i]!.attrSet("rel", "noopener noreferrer");
  // Fit for a picture, but not for a link.
  if (!WEB_LINK.test(href) && OTHER_SCHEME.test(href)) href = "#";
  // In the site a notebook is its page.
  tokens[i]!.attrSet("href", href.replace(/^(?:\.\/)?([\w-]+)\.ipynb(?=#|$)/, "$1.html"));
  return self.renderToken(tokens, i, options);
};

markdown.renderer.rules.image = (tokens, i, _options, env) => {
  const src = String(tokens[i]!.attrGet("src") ?? "");
  const alt = escapeHtml(tokens[i]!.content);
  const uri = src.startsWith("attachment:")
    ? attached(src.slice(11), env as unknown as MarkdownContext)
    : src;
  // A picture from elsewhere would be a request: only its description stays.
  if (uri === undefined || !PICTURE.test(uri)) return `<span class="aside">[${alt}]</span>`;
  return `<img src="${uri}" alt="${alt}">`;
};

markdown.renderer.rules.table_open = () =>
  `<div class="scroll" role="region" tabindex="0" aria-label="Table"><table>\n`;
markdown.renderer.rules.table_close = () => "</table></div>\n";

/** Markdown as HTML; the page's headings and ids are noted in the context. */
export function renderMarkdown(source: string, context: MarkdownContext): Html {
  return trusted(renderCounted(markdown, source, { count: context.count, env: context }));
}

/**
 * Takes a notebook's title and abstract out of a markdown text: its first
 * heading of level 1 and the first paragraph after it.
 */
export function splitOpening(
  source: string,
): { title?: string; abstract?: string; rest: string } {
  const tokens = markdown.parse(source, {});
  const first = tokens[0];
  if (first?.type !== "heading_open" || first.tag !== "h1") return { rest: source };
  const title = plainText(tokens[1]?.children ?? []);
  const lines = source.split("\n");
  const paragraph = tokens[3]?.type === "paragraph_open" ? tokens[3] : undefined;
  const end = (paragraph?.map ?? first.map)![1];
  const rest = lines.slice(end).join("\n");
  if (!paragraph) return { title, rest };
  return { title, abstract: plainText(tokens[4]?.children ?? []), rest };
}

/** Ids that figures, tables and footnotes have; those of drawings begin with f and a number. */
const OF_THE_PAGE = /^(figure|table)-\d+$|^fn(ref)?\d+$/;

/** An id made of a text's letters that nothing else on the page has yet; takes it. */
export function toFreeId(text: string, taken: Set<string>): string {
  const base = text.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "").slice(0, 60) || "section";
  let id = base.replace(/^f(?=\d+-)/, "section-f");
  for (let n = 2; taken.has(id) || OF_THE_PAGE.test(id); n++) id = `${base}-${n}`;
  taken.add(id);
  return id;
}

function attached(name: string, env: MarkdownContext): string | undefined {
  const bundle = env.attachments?.[decodeURIComponent(name)] ?? {};
  const type = PICTURE_TYPES.find((type) => typeof bundle[type] === "string");
  return type && toDataUri(type, bundle[type] as string);
}

function plainText(tokens: readonly { type: string; content: string }[]): string {
  return tokens.map((token) => /break$/.test(token.type) ? " " : token.content).join("");
}
