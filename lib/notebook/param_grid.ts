import { parse as parseYaml } from "yaml";
import { FeiraError, hashText } from "feira/workspace";
import type { ParameterValue } from "./parameters.ts";

/** One combination of values. */
export interface GridSetting {
  /** As `k=3` or `k=3,preset=guide`, fit to name a file; unique in its grid. */
  readonly name: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** One wish of a command line: `k=3,4,5`, or the content of a YAML or JSON file. */
export type GridSource = { readonly text: string } | {
  readonly file: string;
  readonly content: string;
};

type Parameters = Record<string, ParameterValue>;

const PAIR = /^([A-Za-z_$][\w$]*)=(.*)$/s;

/**
 * The settings of a grid: every combination of what the sources list. A text is
 * `name=value,value`; a file is a mapping of names to lists, which are combined
 * too, or a list of settings, which are taken as they are.
 *
 * @returns in order, the first name changing slowest; equal settings once.
 * @throws {FeiraError} `usage` for what is no grid, and for a name that comes
 * from two sources.
 *
 * @example
 * ```ts
 * import { toGridSettings } from "feira/notebook";
 * import assert from "node:assert/strict";
 *
 * const settings = toGridSettings([{ text: "k=3,4" }, { text: "preset=guide" }]);
 * assert.deepEqual(settings.map(({ name }) => name), ["k=3,preset=guide", "k=4,preset=guide"]);
 * assert.deepEqual(settings[0]!.parameters, { k: "3", preset: "guide" });
 * ```
 */
export function toGridSettings(sources: readonly GridSource[]): GridSetting[] {
  const parts = sources.map((source) => "file" in source ? ofFile(source) : ofText(source.text));
  const names = parts.flatMap((settings) => [...new Set(settings.flatMap(Object.keys))]);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) fail(`parameter ${twice} is given twice, must be once`);
  const settings = parts.reduce<Parameters[]>(
    (all, part) => all.flatMap((one) => part.map((other) => ({ ...one, ...other }))),
    [{}],
  );
  const byName = new Map(settings.map((parameters) => [toName(parameters), parameters]));
  return [...byName].map(([name, parameters]) => ({ name, parameters }));
}

function ofText(text: string): Parameters[] {
  const [, name, values = ""] = text.match(PAIR) ?? [];
  if (name === undefined) {
    fail(`--param-grid is "${text}", must be key=value,value or a .yaml or .json file`);
  }
  return values.split(",").map((value) => ({ [name!]: value.trim() }));
}

function ofFile({ file, content }: { file: string; content: string }): Parameters[] {
  let value: unknown;
  try {
    value = parseYaml(content);
  } catch (error) {
    fail(`${file} is no YAML: ${(error as Error).message.split("\n")[0]}`);
  }
  if (Array.isArray(value) && value.length > 0 && value.every(isSetting)) return value;
  if (isRecord(value) && Object.keys(value).length > 0) {
    return Object.entries(value).reduce<Parameters[]>((all, [name, list]) => {
      const values: unknown[] = Array.isArray(list) ? list : [list];
      if (values.length === 0 || !values.every(isValue)) {
        fail(`${name} is ${JSON.stringify(list)} in ${file}, must be a list of values`);
      }
      return all.flatMap((one) => (values as ParameterValue[]).map((v) => ({ ...one, [name]: v })));
    }, [{}]);
  }
  return fail(`${file} is no grid, must map names to lists of values or list settings`);
}

/** Longer names, and those with what a file's name may not have, end in a hash of the whole. */
function toName(parameters: Parameters): string {
  const whole = Object.entries(parameters).map(([name, value]) => `${name}=${value}`).join(",");
  const plain = whole.replace(/[^\w=.,+-]/g, "_").slice(0, 80);
  if (plain === whole) return whole;
  return `${plain}~${hashText(whole).slice(0, 8)}`;
}

function fail(problem: string): never {
  throw new FeiraError("usage", `Cannot run: ${problem}`);
}

function isSetting(value: unknown): value is Parameters {
  return isRecord(value) && Object.values(value).every(isValue);
}

function isValue(value: unknown): value is ParameterValue {
  return ["string", "number", "boolean"].includes(typeof value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
