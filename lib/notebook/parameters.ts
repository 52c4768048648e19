import { FeiraError } from "feira/workspace";
import { NotebookError } from "./notebook_error.ts";

/** What a parameter can be. */
export type ParameterValue = string | number | boolean;

/** One line of the cell tagged `parameters`. */
export interface Parameter {
  readonly name: string;
  readonly type: "string" | "number" | "boolean";
  /** The allowed texts where the declared type is a union of literals. */
  readonly choices?: readonly string[];
  readonly default: ParameterValue;
  /** The comment behind it on its line, `""` without one. */
  readonly description: string;
}

/** Values for parameters: text as given on a command line, or already typed. */
export type GivenParameters = Readonly<Record<string, ParameterValue>>;

const STRING = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`;
const LITERAL = String.raw`${STRING}|true|false|[-+]?[\d_]*\.?[\d_]+(?:[eE][-+]?\d+)?`;
const TYPE = String.raw`string|number|boolean|(?:${STRING})(?:\s*\|\s*(?:${STRING}))*`;
const LINE = new RegExp(
  String
    .raw`^\s*(?:const|let)\s+([A-Za-z_$][\w$]*)\s*(?::\s*(${TYPE})\s*)?=\s*(${LITERAL})\s*;?\s*(?://\s*(.*?)\s*)?$`,
);

/**
 * Reads the lines of a `parameters` cell: `const name: type = literal;`, where
 * the type is string, number, boolean, a union of string literals, or absent.
 * Empty lines and comments are passed over.
 *
 * @param where the file's name and the cell's position, for errors.
 * @throws {NotebookError} for any other line, for a literal that is not of its
 * type, and for a name declared twice.
 *
 * @example
 * ```ts
 * import { parseParameters } from "feira/notebook";
 * import assert from "node:assert/strict";
 *
 * const [k] = parseParameters("const k: number = 3; // how many segments");
 * assert.deepEqual(k, { name: "k", type: "number", default: 3, description: "how many segments" });
 * ```
 */
export function parseParameters(
  source: string,
  where: { notebook: string; position?: number } = { notebook: "a notebook" },
): Parameter[] {
  const found: Parameter[] = [];
  source.split("\n").forEach((text, index) => {
    if (/^\s*(\/\/.*)?$/.test(text)) return;
    const fail = (problem: string): never => {
      throw new NotebookError(where.notebook, problem, {
        position: where.position,
        line: index + 1,
      });
    };
    const match = text.match(LINE);
    if (match === null) {
      return fail(
        `found "${text.trim()}" among the parameters, must be const name: type = literal;`,
      );
    }
    const [, name = "", declared, literal = "", description = ""] = match;
    const value = toLiteral(literal);
    const type = typeof value as Parameter["type"];
    const choices = declared === undefined ? undefined : maybeChoices(declared);
    if (declared !== undefined && (choices ? "string" : declared) !== type) {
      fail(`parameter ${name} is ${literal}, must be a ${declared}`);
    }
    if (choices && !choices.includes(String(value))) {
      fail(`parameter ${name} is ${literal}, must be ${choices.join(" or ")}`);
    }
    if (found.some((other) => other.name === name)) {
      fail(`parameter ${name} is there twice, must be once`);
    }
    found.push({ name, type, ...(choices ? { choices } : {}), default: value, description });
  });
  return found;
}

/**
 * The value of every declared parameter: the given one where there is one, else
 * its default.
 *
 * @returns all of `declared`; names that are only in `given` are left out (see
 * {@linkcode checkGivenParameters}).
 * @throws {FeiraError} `usage` when a given value is not of its declared type.
 *
 * @example
 * ```ts
 * import { parseParameters, resolveParameters } from "feira/notebook";
 * import assert from "node:assert/strict";
 *
 * const declared = parseParameters("const k = 3;\nconst quick = false;");
 * assert.deepEqual(resolveParameters(declared, { k: "4" }), { k: 4, quick: false });
 * ```
 */
export function resolveParameters(
  declared: readonly Parameter[],
  given: GivenParameters,
): Record<string, ParameterValue> {
  return Object.fromEntries(declared.map((parameter) => {
    const value = Object.hasOwn(given, parameter.name) ? given[parameter.name] : undefined;
    return [parameter.name, value === undefined ? parameter.default : toValue(parameter, value)];
  }));
}

/**
 * Refuses given parameters that no notebook declares, and lists what there is.
 *
 * @throws {FeiraError} `usage`.
 */
export function checkGivenParameters(
  notebooks: readonly { readonly name: string; readonly parameters: readonly Parameter[] }[],
  given: GivenParameters,
): void {
  const known = new Set(notebooks.flatMap((n) => n.parameters.map((p) => p.name)));
  const unknown = Object.keys(given).find((name) => !known.has(name));
  if (unknown !== undefined) {
    const lines = notebooks.flatMap((n) =>
      n.parameters.map((p) =>
        `  ${p.name}: ${typeText(p)} = ${JSON.stringify(p.default)} (${n.name})`
      )
    );
    throw new FeiraError(
      "usage",
      `Cannot set parameter ${unknown}: no notebook has it, must be one of\n${
        lines.join("\n") || "  (there is none)"
      }`,
    );
  }
  for (const notebook of notebooks) resolveParameters(notebook.parameters, given);
}

function toValue(parameter: Parameter, given: ParameterValue): ParameterValue {
  const { name, type, choices } = parameter;
  const fail = (): never => {
    throw new FeiraError(
      "usage",
      `Cannot set parameter ${name}: found ${JSON.stringify(given)}, must be a ${
        typeText(parameter)
      }`,
    );
  };
  if (type === "string") {
    const text = typeof given === "string" ? given : fail();
    return choices && !choices.includes(text) ? fail() : text;
  }
  if (typeof given === "number" && type === "number") {
    return Number.isFinite(given) ? given : fail();
  }
  if (typeof given === "boolean" && type === "boolean") return given;
  if (typeof given !== "string") return fail();
  if (type === "boolean") return given === "true" ? true : given === "false" ? false : fail();
  const value = /^\s*$/.test(given) ? NaN : Number(given.replaceAll("_", ""));
  return Number.isFinite(value) ? value : fail();
}

function typeText({ type, choices }: Parameter): string {
  return choices ? choices.map((choice) => JSON.stringify(choice)).join(" | ") : type;
}

function maybeChoices(declared: string): string[] | undefined {
  if (!/^["']/.test(declared)) return undefined;
  return [...declared.matchAll(new RegExp(STRING, "g"))].map((match) =>
    String(toLiteral(match[0]))
  );
}

function toLiteral(text: string): ParameterValue {
  if (text === "true" || text === "false") return text === "true";
  if (text.startsWith('"')) return JSON.parse(text);
  if (text.startsWith("'")) {
    const inner = text.slice(1, -1).replaceAll("\\'", "'").replaceAll('"', '\\"');
    return JSON.parse(`"${inner}"`);
  }
  return Number(text.replaceAll("_", ""));
}
