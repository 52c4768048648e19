// deno-lint-ignore no-control-regex -- these are what XML 1.0 has no way to write
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Any text, safe as the content or a quoted attribute of XML and HTML. What
 * XML cannot hold (control characters, half surrogates) becomes U+FFFD: one
 * such byte would make a browser refuse the whole figure.
 */
export function escapeText(text: string): string {
  return text.toWellFormed().replace(FORBIDDEN, "\ufffd").replace(/[&<>"']/g, (c) => ENTITIES[c]!);
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** A number as figures write it: two decimals are a fiftieth of a pixel or less. */
export function px(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** One element. Attributes are escaped and undefined ones left out; content is markup, taken as is. */
export function tag(name: string, attributes: Attributes, content = ""): string {
  let result = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    result += ` ${key}="${typeof value === "number" ? px(value) : escapeText(value)}"`;
  }
  return content === "" ? `${result}/>` : `${result}>${content}</${name}>`;
}

/** A `<text>` element with escaped content. */
export function label(text: string, attributes: Attributes): string {
  return tag("text", attributes, escapeText(text));
}

/** A group moved to (x, y). */
export function at(x: number, y: number, content: string): string {
  return tag("g", { transform: `translate(${px(x)},${px(y)})` }, content);
}
