/**
 * A piece of HTML that is safe to put into a page: made by {@linkcode markup},
 * which escapes what it is given, or by {@linkcode trusted} from text that a
 * sanitiser or a renderer of this room has made.
 */
export class Html {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
}

/** What may stand between the strings of an {@linkcode markup} template. */
export type HtmlValue = Html | string | number | undefined | false | readonly HtmlValue[];

/**
 * A template whose values are escaped, except those that are already
 * {@linkcode Html}. Not called `html`, for the formatter lays such templates out
 * anew, and white space counts in a `<pre>`.
 */
export function markup(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  let text = strings[0]!;
  values.forEach((value, i) => text += toText(value) + strings[i + 1]!);
  return new Html(text);
}

/** Attributes with a space before each; one that is undefined or false is left out. */
export function attributes(
  values: Readonly<Record<string, string | number | boolean | undefined>>,
): Html {
  let text = "";
  for (const [name, value] of Object.entries(values)) {
    if (value === true) text += ` ${name}`;
    else if (value !== undefined && value !== false) {
      text += ` ${name}="${escapeHtml(String(value))}"`;
    }
  }
  return new Html(text);
}

/** Takes text for HTML as it is. Only for what a sanitiser of this room returned. */
export function trusted(text: string): Html {
  return new Html(text);
}

/** Nothing: what an output that is not shown becomes. */
export const NOTHING: Html = new Html("");

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text made fit for an element's content and for a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}

function toText(value: HtmlValue): string {
  if (value === undefined || value === false) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map(toText).join("");
  return escapeHtml(String(value));
}
