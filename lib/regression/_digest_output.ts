import type { MimeBundle, Output } from "feira/notebook";
import { digestPng } from "./_digest_pixels.ts";
import { digestSvg } from "./_digest_svg.ts";
import { round } from "./_round.ts";
import type { OutputDigest, TableColumnDigest } from "./types.ts";

const FEIRA = "application/vnd.feira.";

/** What stands for a value that may be anything. */
const ANYTHING = "…";

type Json = Record<string, unknown>;

/**
 * One output as it is stored.
 *
 * @param ignore columns and key figures whose values do not count.
 */
export function digestOutput(output: Output, ignore: readonly string[] = []): OutputDigest {
  if (output.output_type === "stream") {
    return { kind: "stream", name: output.name, text: output.text };
  }
  if (output.output_type === "error") {
    return { kind: "error", name: output.ename, message: output.evalue };
  }
  return digestBundle(output.data, ignore);
}

/** By the media type that says most. */
function digestBundle(data: MimeBundle, ignore: readonly string[]): OutputDigest {
  const ours = (name: string) => data[`${FEIRA}${name}+json`] as Json | undefined;
  const [table, facts, figure] = [ours("table"), ours("facts"), ours("figure")];
  if (table !== undefined) return digestTable(table, ignore);
  if (facts !== undefined) return digestFacts(facts, ignore);
  if (figure !== undefined) return digestFigure(figure);
  const types = Object.keys(data);
  const pick = (pattern: RegExp) => types.find((type) => pattern.test(type));
  const json = types.find((type) => type.startsWith(FEIRA)) ?? pick(/\bjson$/);
  if (json !== undefined) return { kind: "data", type: json, value: roundAll(data[json]) };
  const svg = pick(/^image\/svg\+xml$/);
  if (svg !== undefined) return digestFigure({ svg: String(data[svg]) });
  const png = pick(/^image\/png$/);
  if (png !== undefined) return { kind: "image", type: png, pixels: digestPng(String(data[png])) };
  const type = pick(/^text\/plain$/) ?? pick(/^text\//) ?? types.sort()[0] ?? "nothing";
  return { kind: "text", type, text: String(data[type] ?? "") };
}

function digestTable(data: Json, ignore: readonly string[]): OutputDigest {
  const columns = data.columns as readonly (TableColumnDigest & Json)[];
  const rows = data.sort as readonly (readonly (string | number | null)[])[];
  return {
    kind: "table",
    title: String(data.title ?? ""),
    caption: String(data.caption ?? ""),
    columns: columns.map(({ key, label, type, format, digits }) => ({
      ...{ key, label, type },
      ...(format !== undefined && { format }),
      // Of values that may be anything, so may be the decimals that they need.
      ...(digits !== undefined && !ignore.includes(key) && { digits }),
    })),
    rows: rows.map((row) =>
      row.map((cell, i) =>
        ignore.includes(columns[i]!.key) ? ANYTHING : typeof cell === "number" ? round(cell) : cell
      )
    ),
    totalRows: Number(data.totalRows ?? rows.length),
  };
}

function digestFacts(data: Json, ignore: readonly string[]): OutputDigest {
  const facts = data.facts as readonly { label: string; value: string; note?: string }[];
  return {
    kind: "facts",
    title: String(data.title ?? ""),
    facts: facts.map(({ label, value, note }) => [
      label,
      ignore.includes(label) ? ANYTHING : value,
      ...(note === undefined ? [] : [note]),
    ]),
  };
}

function digestFigure(data: Json): OutputDigest {
  const { size, ...parts } = digestSvg(String(data.svg));
  return {
    kind: "figure",
    title: String(data.title ?? ""),
    caption: String(data.caption ?? ""),
    alt: String(data.alt ?? ""),
    size,
    ...parts,
  };
}

function roundAll(value: unknown): unknown {
  if (typeof value === "number") return round(value);
  if (Array.isArray(value)) return value.map(roundAll);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, roundAll(each)]));
}
