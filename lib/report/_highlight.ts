import hljs from "highlight.js/lib/core";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import { escapeHtml } from "./_html.ts";

// These two alone: all of highlight.js's languages would take longer to load than the site to build.
hljs.registerLanguage("typescript", typescript);
hljs.registerLanguage("sql", sql);

const TYPESCRIPT = new Set(["ts", "typescript", "js", "javascript", "tsx"]);

/** Code as HTML with highlight.js's classes; other languages are escaped only. */
export function highlight(code: string, language: string): string {
  const known = TYPESCRIPT.has(language) ? "typescript" : language === "sql" ? "sql" : undefined;
  if (known === undefined) return escapeHtml(code);
  return hljs.highlight(code, { language: known, ignoreIllegals: true }).value;
}
