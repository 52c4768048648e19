import { AnsiUp } from "ansi_up";
import { type Html, markup, trusted } from "./_html.ts";

const FOLD_AFTER_LINES = 40;
const SHOWN_WHEN_FOLDED = 24;
const KEPT_LINES = 2_000;
const KEPT_CHARACTERS = 200_000;

/**
 * Terminal text as a `<pre>`: colours become classes, everything else is escaped,
 * lines that a carriage return overwrote gone, what is beyond 40 lines folded
 * away, what is beyond 2,000 lines or 200,000 characters left out and said so.
 */
export function renderTerminal(text: string, className: string): Html {
  const all = overwrite(text.slice(0, KEPT_CHARACTERS)).replace(/\n+$/, "").split("\n");
  const lines = all.slice(0, KEPT_LINES);
  const ansi = newAnsi();
  const pre = (part: readonly string[]) =>
    markup`<pre class="terminal ${className}" tabindex="0">${
      trusted(ansi.ansi_to_html(part.join("\n")))
    }</pre>`;
  const isCut = all.length > KEPT_LINES || text.length > KEPT_CHARACTERS;
  const cut = isCut &&
    markup`<p class="aside">The output goes on; the executed notebook has all of it.</p>`;
  if (lines.length <= FOLD_AFTER_LINES) return markup`${pre(lines)}${cut}`;
  const head = pre(lines.slice(0, SHOWN_WHEN_FOLDED));
  const tail = lines.slice(SHOWN_WHEN_FOLDED);
  return markup`${head}<details class="more"><summary>${tail.length} more lines</summary>${
    pre(tail)
  }${cut}</details>`;
}

/** A new one for each text: it keeps colours that were left on. */
function newAnsi(): AnsiUp {
  const ansi = new AnsiUp();
  ansi.use_classes = true;
  ansi.url_allowlist = {};
  return ansi;
}

/** What a terminal shows of lines that a carriage return starts again, as progress bars do. */
function overwrite(text: string): string {
  if (!text.includes("\r")) return text;
  return text.replaceAll("\r\n", "\n").split("\n").map((line) => {
    const parts = line.split("\r").filter((part) => part !== "");
    return parts.at(-1) ?? "";
  }).join("\n");
}
