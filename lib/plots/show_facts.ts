import { assertSome } from "./_check.ts";
import { DISPLAY, type Display } from "./_display.ts";
import { escapeText, tag } from "./_markup.ts";
import { formatNumber, type NumberFormat } from "./format_number.ts";

/** The type of {@link FactsData} in a notebook's output. */
export const FACTS_MIME = "application/vnd.feira.facts+json";

/** One key figure. */
export interface Fact {
  readonly label: string;
  /** A number is formatted; a text is taken as it is. */
  readonly value: string | number | bigint | null;
  readonly format?: NumberFormat;
  readonly digits?: number;
  /** A few words below: a comparison, a limit, a unit. */
  readonly note?: string;
}

/** Key figures as data, as a report reads them from a notebook's output. */
export interface FactsData {
  readonly title?: string;
  readonly facts: readonly {
    readonly label: string;
    readonly value: string;
    readonly note?: string;
  }[];
}

/** Key figures that Jupyter shows when they are a cell's last value. */
export interface Facts extends FactsData, Display {}

/**
 * A row of key figures, each a large value over its label.
 *
 * @throws {RangeError} when there is none
 *
 * ```ts
 * import { showFacts } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const { facts } = showFacts([{ label: "customers", value: 95420 }]);
 * assert.deepEqual(facts, [{ label: "customers", value: "95,420" }]);
 * ```
 */
export function showFacts(
  facts: readonly Fact[],
  { title }: { readonly title?: string } = {},
): Facts {
  assertSome("show facts", "the list", facts.length);
  const data: FactsData = {
    ...(title !== undefined && { title }),
    facts: facts.map(({ label, value, format = "auto", digits, note }) => ({
      label,
      value: typeof value === "string" ? value : formatNumber(value, { format, digits }),
      ...(note !== undefined && { note }),
    })),
  };
  const lines = data.facts.map(({ label, value, note }) =>
    `${label}: ${value}${note === undefined ? "" : ` (${note})`}`
  );
  return {
    ...data,
    [DISPLAY]: () => ({
      "text/html": toHtml(data),
      "text/plain": [title, ...lines].filter(Boolean).join("\n"),
      [FACTS_MIME]: data,
    }),
  };
}

function toHtml({ title, facts }: FactsData): string {
  const quiet = "opacity:0.75;font-size:0.9em";
  const large = "margin:0;order:-1;font-size:1.7em;font-weight:600;line-height:1.2;" +
    "font-variant-numeric:tabular-nums";
  const items = facts.map(({ label, value, note }) =>
    tag(
      "div",
      { style: "display:flex;flex-direction:column" },
      tag("dt", { style: `font-weight:400;${quiet}` }, escapeText(label)) +
        tag("dd", { style: large }, escapeText(value)) +
        (note === undefined ? "" : tag("dd", { style: `margin:0;${quiet}` }, escapeText(note))),
    )
  ).join("");
  return (title === undefined ? "" : tag("div", { style: "font-weight:600" }, escapeText(title))) +
    tag("dl", { style: "display:flex;flex-wrap:wrap;gap:0.8em 2.5em;margin:0.5em 0" }, items);
}
