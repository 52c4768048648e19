import { highlight } from "./_highlight.ts";
import { type Html, markup, trusted } from "./_html.ts";
import { text } from "./_untrusted.ts";

/** The query behind a figure or a table, folded away; nothing without one. */
export function renderSql({ sql }: Readonly<Record<string, unknown>>): Html | undefined {
  if (text(sql) === "") return undefined;
  return markup`
<details class="sql"><summary>SQL</summary><pre tabindex="0"><code>${
    trusted(highlight(text(sql), "sql"))
  }</code></pre></details>`;
}
