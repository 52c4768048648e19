import { join } from "node:path";
import { FeiraError } from "feira/workspace";
import { toGraph } from "../graph.ts";
import { placeholdersOf, placeInFront } from "./front_rules.ts";
import type { Notebook } from "../notebook.ts";
import type { Problem } from "../problem.ts";
import { isPath, overlaps, type Resource, toResources } from "../resource.ts";

/** A resource as its front matter has it, and in its normal form. */
interface Named {
  readonly text: string;
  readonly resource: Resource;
}

interface Node {
  readonly notebook: Notebook;
  readonly reads: readonly Named[];
  readonly writes: readonly Named[];
}

/**
 * What notebooks say of each other that cannot be: two that write the same, one
 * that reads what nobody writes, a circle. Front matters must have their
 * placeholders right.
 *
 * @param names the placeholders that are no notebook's parameter.
 */
export async function checkGraph(
  notebooks: readonly Notebook[],
  { root, names }: { readonly root: string; readonly names: readonly string[] },
): Promise<Problem[]> {
  const nodes = notebooks.map((notebook) => ({
    notebook,
    reads: toNamed(notebook.reads, notebook, root),
    writes: toNamed(notebook.writes, notebook, root),
  }));
  const twice = twoWriters(nodes);
  if (twice.length > 0) return twice;
  return [...await unwrittenReads(nodes, { root, names }), ...circles(notebooks, { root, names })];
}

/** Placeholders stand for themselves, so that the same text is the same resource. */
function toNamed(texts: readonly string[], notebook: Notebook, root: string): Named[] {
  return texts.map((text) => {
    const values = Object.fromEntries(placeholdersOf(text).map((name) => [name, `{${name}}`]));
    const [resource = text] = toResources([text], { values, root, notebook: notebook.name });
    return { text, resource };
  });
}

function twoWriters(nodes: readonly Node[]): Problem[] {
  return nodes.flatMap(({ notebook, writes }, i) =>
    nodes.slice(0, i).flatMap((earlier) =>
      writes.flatMap(({ text, resource }) => {
        const theirs = earlier.writes.find((other) => overlaps(other.resource, resource));
        if (theirs === undefined) return [];
        const other = theirs.text === text ? "it" : theirs.text;
        const message =
          `${notebook.name} writes ${text} and ${earlier.notebook.name} writes ${other}, must be one of them`;
        const place = placeInFront(notebook, text, { after: "writes" });
        return [{ ...place, rule: "two-writers", message }];
      })
    )
  );
}

async function unwrittenReads(
  nodes: readonly Node[],
  { root, names }: { readonly root: string; readonly names: readonly string[] },
): Promise<Problem[]> {
  const written = nodes.flatMap(({ writes }) => writes.map(({ resource }) => resource));
  const problems: Problem[] = [];
  for (const { notebook, reads } of nodes) {
    for (const { text, resource } of reads) {
      if (written.some((write) => overlaps(write, resource))) continue;
      // A parameter may lead anywhere, as to the folder of the raw files.
      if (placeholdersOf(text).some((name) => !names.includes(name))) continue;
      if (isPath(resource) && !/^data\//.test(resource) && await isThere(join(root, resource))) {
        continue;
      }
      const message = `${text} is written by no notebook${
        isPath(resource) ? " and is no source" : ""
      }, must be`;
      const place = placeInFront(notebook, text, { after: "reads" });
      problems.push({ ...place, rule: "unwritten-read", message });
    }
  }
  return problems;
}

function circles(
  notebooks: readonly Notebook[],
  { root, names }: { readonly root: string; readonly names: readonly string[] },
): Problem[] {
  try {
    toGraph(notebooks, { root, names: Object.fromEntries(names.map((name) => [name, name])) });
    return [];
  } catch (error) {
    if (!(error instanceof FeiraError)) throw error;
    const message = error.message.replace(/^Cannot order notebooks: /, "");
    const file = `${message.match(/^\S+/)![0]}.ipynb`;
    return [{ file, rule: "circle", message }];
  }
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
