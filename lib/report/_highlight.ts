import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import { escapeHtml } from "./_html.ts";

// TypeScript alone: all of highlight.js's languages would take longer to load than the site to build.
hljs.registerLanguage("typescript", typescript);

const NAMES = new Set(["ts", "typescript", "js", "javascript", "tsx"]);

/** Code as HTML with highlight.js's classes; other languages are escaped only. */
export function highlight(code: string, language: string): string {
  if (!NAMES.has(language)) return escapeHtml(code);
  return hljs.highlight(code, { language: "typescript", ignoreIllegals: true }).value;
}
