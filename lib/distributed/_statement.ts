import type { Parameter } from "feira/warehouse";

/** A piece of SQL, or all of it, and the values of its `?` in order. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

/** A part of a {@linkcode statement}: text as it stands, or a piece with values of its own. */
type Part = string | Statement;

/** Puts pieces together as a template literal, and their values in the same order. */
export function statement(texts: TemplateStringsArray, ...parts: readonly Part[]): Statement {
  return join([texts[0]!, ...parts.flatMap((part, at) => [part, texts[at + 1]!])], "");
}

export function join(parts: readonly Part[], separator: string): Statement {
  const pieces = parts.map((part) => typeof part === "string" ? bind(part) : part);
  return {
    sql: pieces.map(({ sql }) => sql).join(separator),
    parameters: pieces.flatMap(({ parameters }) => parameters),
  };
}

/** A piece with its values. */
export function bind(sql: string, ...parameters: readonly Parameter[]): Statement {
  return { sql, parameters };
}
