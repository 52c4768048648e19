import { parse as parseYaml } from "yaml";
import type { Notebook } from "../notebook.ts";
import type { Problem } from "../problem.ts";

/** What a front matter may say. */
const KEYS = ["title", "job", "reads", "writes", "description", "audience"];

/** Where a front matter says something: its line with the columns of the text. */
export function placeInFront(
  notebook: Pick<Notebook, "name" | "cells">,
  text: string,
  { after }: { readonly after?: string } = {},
): Pick<Problem, "file" | "position" | "line" | "column" | "endColumn" | "text"> {
  const file = `${notebook.name}.ipynb`;
  const lines = (notebook.cells[0]?.source ?? "").split("\n");
  const from = after === undefined ? 0 : lines.findIndex((line) => line.startsWith(`${after}:`));
  const isWhole = new RegExp(String.raw`(^|[\s"'\[,])${RegExp.escape(text)}(?=$|[\s"'\],:])`);
  const index = lines.findIndex((line, i) => i >= from && isWhole.test(line));
  if (index < 0) return { file, position: 1 };
  const column = lines[index]!.search(isWhole) + 1 + lines[index]!.match(isWhole)![1]!.length;
  return {
    ...{ file, position: 1, line: index + 1, column, endColumn: column + text.length },
    text: lines[index]!,
  };
}

/** What one notebook's front matter says that it may not. */
export function checkFront(notebook: Notebook, names: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  for (const key of Object.keys(frontOf(notebook))) {
    if (KEYS.includes(key)) continue;
    const message = `"${key}" is unknown, must be one of ${KEYS.join(", ")}`;
    problems.push({ ...placeInFront(notebook, key), rule: "front-matter", message });
  }
  const known = [...names, ...notebook.parameters.map(({ name }) => name)];
  for (
    const [list, resources] of Object.entries({ reads: notebook.reads, writes: notebook.writes })
  ) {
    for (const resource of resources) {
      const unknown = placeholdersOf(resource).find((name) => !known.includes(name));
      if (unknown === undefined) continue;
      const place = placeInFront(notebook, resource, { after: list });
      const message = `{${unknown}} has no value, must be one of ${
        known.map((name) => `{${name}}`).join(", ")
      }`;
      problems.push({ ...place, rule: "placeholder", message });
    }
  }
  return problems;
}

/** The names between braces in a resource. */
export function placeholdersOf(resource: string): string[] {
  return [...resource.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
}

function frontOf(notebook: Notebook): Record<string, unknown> {
  return parseYaml(notebook.cells[0]!.source.replaceAll(/^---[ \t]*$/gm, ""));
}
