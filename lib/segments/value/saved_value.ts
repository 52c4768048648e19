import { join } from "node:path";
import { FeiraError, writeJsonBeside } from "feira/workspace";
import type { CustomerValue } from "./value_segments.ts";

/** The content of value.json. */
interface ValueFile {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  /** The segments are of this model. */
  readonly modelId: string;
  readonly value: CustomerValue;
}

/** What {@linkcode maybeValue} reads. */
export type SavedValue = Pick<ValueFile, "modelId" | "value">;

const FORMAT = "feira/value";
const VERSION = 1;
const NAME = "value.json";

/** JSON has no NaN: what could not be measured is this text in the file. */
const UNMEASURED = "unmeasured";

/** Writes value.json into a models folder, whole or not at all. */
export async function saveValue(modelsDir: string, { modelId, value }: SavedValue): Promise<void> {
  const file: ValueFile = { format: FORMAT, version: VERSION, modelId, value };
  const plain = JSON.parse(
    JSON.stringify(file, (_, part) => Number.isNaN(part) ? UNMEASURED : part),
  );
  await writeJsonBeside(join(modelsDir, NAME), plain);
}

/**
 * Reads what {@linkcode saveValue} wrote.
 *
 * @returns undefined when no segments were valued yet.
 * @throws {FeiraError} `data` when the file is broken or of another version.
 */
export async function maybeValue(modelsDir: string): Promise<SavedValue | undefined> {
  const path = join(modelsDir, NAME);
  const refuse = (found: string, cause?: unknown) =>
    new FeiraError("data", `Cannot read ${path}: found ${found}, must be what 08_segment writes`, {
      cause,
    });
  let file: Partial<ValueFile> | null;
  try {
    file = JSON.parse(
      await Deno.readTextFile(path),
      (_, part) => part === UNMEASURED ? NaN : part,
    );
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw refuse((cause as Error).message, cause);
  }
  if (file?.format !== FORMAT || file.version !== VERSION) {
    throw refuse(`${file?.format} version ${file?.version}`);
  }
  const { modelId, value } = file as ValueFile;
  return { modelId, value };
}
