const grouped = (digits: number) => (value: number) =>
  value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** `1,234`, `1.5`: two significant digits or more, whole from 100 on. */
export function number(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100) return grouped(0)(value);
  return value.toLocaleString("en-US", { maximumFractionDigits: Math.abs(value) >= 10 ? 1 : 2 });
}

/** `1,234 BRL`, cents only below ten. */
export function brl(value: number): string {
  return `${grouped(Math.abs(value) < 10 && !Number.isInteger(value) ? 2 : 0)(value)} BRL`;
}

/** `12.3%`; what is there but would round to nothing is `<0.1%`, what is not all is never 100%. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return "<0.1%";
  if (share < 1 && share > 0.999) return ">99.9%";
  const text = `${grouped(1)(share * 100)}%`;
  return text.replace(".0%", "%");
}

/** The number in the place of `#`: `# orders` gives `1 order`, `2.1 orders`; BRL as money. */
export function phrase(text: string, value: number): string {
  if (text.includes("# BRL")) return text.replace("# BRL", brl(value));
  const said = number(value);
  return (said === "1" ? text.replace(/# (\w+)s\b/, "# $1") : text).replace("#", said);
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** `bed_bath_table` as people read it. */
export function kindName(kind: string): string {
  return kind.replaceAll("_", " ");
}

/** `“bed bath table”`: within a sentence the name of a category is told from its words. */
export function categoryName(category: string): string {
  return `“${kindName(category)}”`;
}
