import { escapeText, tag } from "./_markup.ts";

/** A query folded away under what it gave; nothing without one. */
export function sqlHtml(sql: string | undefined): string {
  if (sql === undefined) return "";
  return tag(
    "details",
    { style: "margin-top:0.3em;font-size:0.9em" },
    tag("summary", {}, "SQL") +
      tag("pre", { style: "overflow-x:auto" }, tag("code", {}, escapeText(sql))),
  );
}
