import { FeiraError } from "feira/workspace";

/** What every file of a model folder starts with. */
interface Header {
  readonly format: string;
  readonly version: number;
}

/**
 * Reads a JSON file of a model folder.
 *
 * @throws {FeiraError} `data` when it is not there, no JSON, or of another
 * format or version
 */
export async function readModelFile<File extends Header>(
  dir: string,
  { name, format, version }: Header & { readonly name: string },
): Promise<File> {
  const file = await readOr(
    dir,
    async () => JSON.parse(await Deno.readTextFile(`${dir}/${name}`)) as Partial<File> | null,
  );
  if (file?.format === format && file.version === version) return file as File;
  throw new FeiraError(
    "data",
    `Cannot load model ${dir}: ${name} is ${file?.format} version ${file?.version}, must be ${format} version ${version}`,
  );
}

/**
 * What reading gives, or what is wrong with the model's folder.
 *
 * @throws {FeiraError} `data`, whatever reading threw
 */
export async function readOr<T>(dir: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw new FeiraError(
      "data",
      `Cannot load model ${dir}: ${(cause as Error).message}, must be a folder of saveModel`,
      { cause },
    );
  }
}
