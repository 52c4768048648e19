import { DISPLAY, type Display } from "./_display.ts";
import { escapeText, tag } from "./_markup.ts";

/** The type of {@link NoteData} in a notebook's output. */
export const NOTE_MIME = "application/vnd.feira.note+json";

/** What a note is about: said by its word and its colour both. */
export type NoteKind = "info" | "success" | "warning" | "failure";

/** A note as data, as a report reads it from a notebook's output. */
export interface NoteData {
  readonly kind: NoteKind;
  readonly title: string;
  readonly text: string;
}

/** A note that Jupyter shows when it is a cell's last value. */
export interface Note extends NoteData, Display {}

const KINDS: Readonly<Record<NoteKind, { readonly title: string; readonly color: string }>> = {
  info: { title: "Note", color: "#0072b2" },
  success: { title: "Passed", color: "#009e73" },
  warning: { title: "Warning", color: "#e69f00" },
  failure: { title: "Failed", color: "#d55e00" },
};

/**
 * A banner: a warning that data is synthetic, a verdict, a hint.
 *
 * @param text one paragraph of plain text
 * @throws {TypeError} when the kind is not one of the four
 *
 * ```ts
 * import { showNote } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const note = showNote("Synthetic data: not Olist", { kind: "warning" });
 * assert.equal(note.title, "Warning");
 * ```
 */
export function showNote(
  text: string,
  { kind = "info", title }: { readonly kind?: NoteKind; readonly title?: string } = {},
): Note {
  const look = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (look === undefined) {
    throw new TypeError(
      `Cannot show a note: kind is ${kind}, must be ${Object.keys(KINDS).join(", ")}`,
    );
  }
  const data: NoteData = { kind, title: title ?? look.title, text };
  return {
    ...data,
    [DISPLAY]: () => ({
      "text/html": toHtml(data, look.color),
      "text/plain": `${data.title}: ${data.text}`,
      [NOTE_MIME]: data,
    }),
  };
}

function toHtml({ title, text }: NoteData, color: string): string {
  return tag(
    "div",
    {
      role: "note",
      style: `border-left:4px solid ${color};padding:0.4em 1em;margin:0.5em 0;max-width:46em`,
    },
    tag("strong", {}, escapeText(title)) + " " + escapeText(text),
  );
}
