import { type CustomerMatrix, fingerprintMatrix } from "feira/features";
import { hashText } from "feira/workspace";
import type { SegmentationSettings } from "./settings.ts";

/** The folders of `lib/` whose code decides what a segmentation is. */
const SOURCES = ["som", "cluster", "features", "segments/fit"];

let codeHash: Promise<string> | undefined;

/**
 * Names a model by what decides it: settings (but their name and description),
 * the data with its customers, and the source of the rooms som, cluster
 * and features and of `segments/fit`. Equal ids mean an equal model, so a saved one can be
 * taken instead of fitting it again.
 *
 * @returns 16 hexadecimal digits
 */
export async function modelIdOf(
  matrix: CustomerMatrix,
  { name: _name, description: _description, ...settings }: SegmentationSettings,
): Promise<string> {
  codeHash ??= hashSources();
  const parts = [await codeHash, JSON.stringify(settings), fingerprintMatrix(matrix)];
  return hashText(parts.join("\n")).slice(0, 16);
}

async function hashSources(): Promise<string> {
  const texts: string[] = [];
  for (const source of SOURCES) {
    const folder = new URL(`../../${source}/`, import.meta.url);
    for (const name of (await sourcesIn(folder)).sort()) {
      texts.push(`${source}/${name}`, await Deno.readTextFile(new URL(name, folder)));
    }
  }
  return hashText(texts.join("\n"));
}

async function sourcesIn(folder: URL, below = ""): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(below, folder))) {
    if (isDirectory) names.push(...await sourcesIn(folder, `${below}${name}/`));
    else if (name.endsWith(".ts")) names.push(below + name);
  }
  return names;
}
