import katex from "katex";
import type { MarkdownIt } from "markdown-it";
import { escapeHtml } from "./_html.ts";

/**
 * Formulas between dollars: `$x$` in a line, `$$…$$` on lines of their own. As
 * Pandoc has it: the first dollar has no space after it and the last none before,
 * and no letter or digit stands around them, so that `R$ 5` and `$5 to $9` are money.
 */
export function addMath(markdown: MarkdownIt): void {
  markdown.inline.ruler.after("escape", "math", (state, silent) => {
    const { src, pos } = state;
    if (src[pos] !== "$" || /[\p{L}\p{N}$]/u.test(src[pos - 1] ?? " ")) return false;
    const found = /^\$([^\s$]|[^\s$][^$\n]*?[^\s$\\])\$(?![\p{L}\p{N}$])/u.exec(src.slice(pos));
    if (!found) return false;
    if (!silent) state.push("math_inline", "math", 0).content = found[1]!;
    state.pos += found[0].length;
    return true;
  });
  markdown.block.ruler.after("fence", "math", (state, start, end, silent) => {
    const line = (n: number) =>
      state.src.slice(state.bMarks[n]! + state.tShift[n]!, state.eMarks[n]!);
    if (!line(start).startsWith("$$")) return false;
    let last = start;
    const closes = (n: number) =>
      line(n).trimEnd().endsWith("$$") && line(n).trim() !== (n === start ? "$$" : "");
    while (last < end && !closes(last)) last++;
    if (last === end) return false;
    if (silent) return true;
    const text = Array.from({ length: last - start + 1 }, (_, i) => line(start + i)).join("\n");
    const token = state.push("math_block", "math", 0);
    token.content = text.trim().slice(2, -2);
    token.map = [start, last + 1];
    state.line = last + 1;
    return true;
  }, { alt: ["paragraph", "blockquote", "list"] });
  markdown.renderer.rules.math_inline = (tokens, i) => toMathMl(tokens[i]!.content, false);
  markdown.renderer.rules.math_block = (tokens, i) =>
    `<div class="formula scroll" role="region" tabindex="0" aria-label="Formula">${
      toMathMl(tokens[i]!.content, true)
    }</div>\n`;
}

/** A formula as MathML, which needs no fonts; one that TeX cannot read as its source. */
function toMathMl(tex: string, isBlock: boolean): string {
  try {
    // Without trust no address, class or attribute comes from the source.
    return katex.renderToString(tex, {
      output: "mathml",
      displayMode: isBlock,
      trust: false,
      strict: "ignore",
      maxSize: 20,
    });
  } catch (error) {
    if (!(error instanceof katex.ParseError)) throw error;
    return `<code class="bad-formula">${escapeHtml(tex)}</code>`;
  }
}
