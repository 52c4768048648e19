import { join } from "node:path";
import { FeiraError, hashText, replaceDirBeside, writeJsonBeside } from "feira/workspace";
import { toArrayText, toInt32Array } from "../fit/array_text.ts";
import type { Segmentation } from "../fit/fit_segmentation.ts";
import type { Subdivision } from "../levels/subdivision.ts";
import type { NamedSegment } from "../names/name_segments.ts";

/** A published segment, by which assignments are read. */
export type AssignedSegment = Pick<NamedSegment, "id" | "level" | "parentId" | "name">;

/** What {@linkcode saveAssignments} saves. */
export interface AssignmentsSpec {
  /** Ids as they were published. */
  readonly segmentation: Pick<Segmentation, "modelId" | "customerIds" | "segments">;
  readonly subdivisions: readonly Pick<Subdivision, "rows" | "labels" | "ids">[];
  /** Of both levels. */
  readonly segments: readonly AssignedSegment[];
}

/** Who was in which segment when a model was published. */
export interface SavedAssignments {
  readonly modelId: string;
  /** Of both levels. */
  readonly segments: readonly AssignedSegment[];
  /** Each customer's segment of level 1. */
  readonly assignments: ReadonlyMap<string, number>;
  /** Each customer's sub-segment, of customers whose segment is divided. */
  readonly subassignments: ReadonlyMap<string, number>;
}

/** The content of segments.json; arrays `[customers]` as little-endian base64. */
interface AssignmentsFile {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  readonly modelId: string;
  /** SHA-256 of customers.txt: the arrays are in its order. */
  readonly customers: string;
  readonly segments: readonly AssignedSegment[];
  readonly arrays: { readonly segment: string; readonly subsegment: string };
}

const FORMAT = "feira/assignments";
const VERSION = 1;

/** Of a customer whose segment is not divided. */
const UNDIVIDED = -1;

/** Where a models folder has the assignments that were published last. */
export function assignmentFiles(
  modelsDir: string,
): { readonly customers: string; readonly segments: string } {
  const dir = join(modelsDir, "assignments");
  return { customers: join(dir, "customers.txt"), segments: join(dir, "segments.json") };
}

/**
 * Writes who is in which segment into a models folder, both files or none:
 * `assignments/customers.txt`, an id on each line, and `assignments/segments.json`.
 * Apart, so that publications with the same customers have the first in common.
 */
export async function saveAssignments(modelsDir: string, spec: AssignmentsSpec): Promise<void> {
  const { segmentation: { modelId, customerIds, segments: segment }, subdivisions } = spec;
  const subsegment = new Int32Array(customerIds.length).fill(UNDIVIDED);
  for (const { rows, labels, ids } of subdivisions) {
    rows.forEach((row, i) => subsegment[row] = ids[labels[i]!]!);
  }
  const customers = customerIds.map((id) => `${id}\n`).join("");
  const file: AssignmentsFile = {
    format: FORMAT,
    version: VERSION,
    modelId,
    customers: hashText(customers),
    segments: spec.segments.map(({ id, level, parentId, name }) => ({
      ...{ id, level, name },
      ...(parentId !== undefined && { parentId }),
    })),
    arrays: { segment: toArrayText(segment), subsegment: toArrayText(subsegment) },
  };
  await replaceDirBeside(join(modelsDir, "assignments"), async (emptyDir) => {
    await Deno.writeTextFile(join(emptyDir, "customers.txt"), customers);
    await writeJsonBeside(join(emptyDir, "segments.json"), file);
  });
}

/**
 * Reads the texts of the files that {@linkcode saveAssignments} wrote. O(customers).
 *
 * @throws {FeiraError} `data` when they are broken, of another version, or do not
 * belong together.
 *
 * @example
 * ```ts
 * import { assignmentFiles, parseAssignments, saveAssignments } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const dir = await Deno.makeTempDir();
 * await saveAssignments(dir, {
 *   segmentation: { modelId: "m", customerIds: ["ana", "rui"], segments: Int32Array.of(0, 1) },
 *   subdivisions: [{ rows: Int32Array.of(1), labels: Int32Array.of(0), ids: [200] }],
 *   segments: [{ id: 0, level: 1, name: "Mainstream" }, { id: 1, level: 1, name: "Repeat" }],
 * });
 * const { customers, segments } = assignmentFiles(dir);
 * const { assignments, subassignments } = parseAssignments({
 *   customers: await Deno.readTextFile(customers),
 *   segments: await Deno.readTextFile(segments),
 * });
 * assert.deepEqual([...assignments], [["ana", 0], ["rui", 1]]);
 * assert.deepEqual([...subassignments], [["rui", 200]]);
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export function parseAssignments(
  { customers, segments }: { readonly customers: string; readonly segments: string },
): SavedAssignments {
  try {
    const file = JSON.parse(segments) as AssignmentsFile;
    if (file.format !== FORMAT || file.version !== VERSION) {
      throw new TypeError(`found ${file.format} version ${file.version}`);
    }
    if (file.customers !== hashText(customers)) throw new TypeError("found other customers");
    const ids = customers.split("\n").slice(0, -1);
    const toMap = (text: string) => {
      const values = toInt32Array(text, ids.length);
      return new Map(
        ids.map((id, i) => [id, values[i]!] as const).filter(([, value]) => value !== UNDIVIDED),
      );
    };
    return {
      modelId: file.modelId,
      segments: file.segments,
      assignments: toMap(file.arrays.segment),
      subassignments: toMap(file.arrays.subsegment),
    };
  } catch (cause) {
    const found = (cause as Error).message;
    throw new FeiraError(
      "data",
      `Cannot read who was in which segment: ${found}, must be what 08_segment writes`,
      { cause },
    );
  }
}
