import { type Html, markup } from "./_html.ts";
import { text } from "./_untrusted.ts";
import { isRecord } from "./read_executed.ts";

const NOTE_KINDS = ["info", "success", "warning", "failure"];

/** A remark that stands out; undefined when the data is none. */
export function renderNote(data: unknown): Html | undefined {
  if (!isRecord(data) || !text(data.text)) return undefined;
  const kind = NOTE_KINDS.find((kind) => kind === data.kind) ?? "info";
  return markup`<div class="note ${kind}" role="note">${
    text(data.title) && markup`<p class="note-title">${text(data.title)}</p>`
  }${text(data.text).split(/\n{2,}/).map((part) => markup`<p>${part}</p>`)}</div>`;
}

/** Key figures in rows of equal length; undefined when the data has none. */
export function renderFacts(data: unknown): Html | undefined {
  if (!isRecord(data) || !Array.isArray(data.facts) || data.facts.length === 0) return undefined;
  const facts = data.facts.filter(isRecord).map((fact) => {
    const note = text(fact.note) && markup`<small>${text(fact.note)}</small>`;
    return markup`<div><dt>${text(fact.label)}</dt><dd>${text(fact.value)}${note}</dd></div>\n`;
  });
  const columns = Math.ceil(facts.length / Math.ceil(facts.length / 5));
  return markup`${
    text(data.title) && markup`<p class="figure-title">${text(data.title)}</p>`
  }<dl class="facts" style="--columns:${columns}">${facts}</dl>`;
}
