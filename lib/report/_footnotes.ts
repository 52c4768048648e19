import type { Env, MarkdownIt } from "markdown-it";
import plugin from "markdown-it-footnote";

/** What numbers the footnotes of a page. */
export interface FootnoteCount {
  /** How many stand in the texts before; grows. */
  footnotes: number;
}

/**
 * Footnotes, `[^1]` and `^[in the line]`: each text's stand at its end and are
 * numbered on through the page, so that no two have one number or id.
 */
export function addFootnotes(markdown: MarkdownIt): void {
  markdown.use(plugin);
  const { rules } = markdown.renderer;
  const beforeOf = (env: Env | undefined) => Number(env?.before);
  rules.footnote_anchor_name = (tokens, i, _options, env) =>
    String(beforeOf(env) + (tokens[i]!.meta as { id: number }).id + 1);
  rules.footnote_caption = rules.footnote_anchor_name;
  rules.footnote_block_open = (_tokens, _i, _options, env) =>
    `<ol class="footnotes" start="${beforeOf(env) + 1}">\n`;
  rules.footnote_block_close = () => "</ol>\n";
}

/** Renders a text whose footnotes go on counting. */
export function renderCounted(
  markdown: MarkdownIt,
  source: string,
  { count, env }: { readonly count: FootnoteCount; readonly env: object },
): string {
  const own: Env & { footnotes?: { readonly list?: readonly unknown[] } } = {
    ...env,
    before: count.footnotes,
  };
  const html = markdown.render(source, own);
  // The plugin leaves its notes there.
  count.footnotes += own.footnotes?.list?.length ?? 0;
  return html;
}
