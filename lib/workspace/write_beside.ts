import { basename, dirname, join } from "./_path.ts";
import { toWriteError } from "./_write_error.ts";

/**
 * Writes a file whole or not at all: beside its place under another name, then
 * renamed. Makes the folder it goes into.
 *
 * @throws {FeiraError} `environment` when the folder cannot be written to; an
 * earlier file of that name is then as it was.
 */
export async function writeFileBeside(
  path: string,
  content: string | Uint8Array | ReadableStream<Uint8Array>,
): Promise<void> {
  const beside = `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(beside, bytes);
    await Deno.rename(beside, path);
  } catch (cause) {
    await Deno.remove(beside).catch(() => {});
    throw toWriteError(path, cause);
  }
}

/** Writes a value as indented JSON with a final newline; see {@linkcode writeFileBeside}. */
export function writeJsonBeside(path: string, value: unknown): Promise<void> {
  return writeFileBeside(path, JSON.stringify(value, null, 2) + "\n");
}

/**
 * Fills a folder whole or not at all: `fill` gets an empty folder beside the
 * place, which then takes the place of an earlier one.
 *
 * When `fill` throws, the earlier folder is as it was and the error is passed
 * on. Between the two renames of the swap there is a moment without the folder;
 * a crash just then leaves the earlier one as `.<name>.old`.
 *
 * @throws {FeiraError} `environment` when the folder cannot be written to.
 */
export async function replaceDirBeside<T>(
  path: string,
  fill: (emptyDir: string) => Promise<T>,
): Promise<T> {
  const parent = dirname(path);
  const beside = join(parent, `.${basename(path)}.${crypto.randomUUID().slice(0, 8)}.tmp`);
  const old = join(parent, `.${basename(path)}.old`);
  try {
    await Deno.mkdir(beside, { recursive: true });
  } catch (cause) {
    throw toWriteError(path, cause);
  }
  try {
    const result = await fill(beside);
    await removeIfThere(old);
    await renameIfThere(path, old);
    await Deno.rename(beside, path);
    await removeIfThere(old);
    return result;
  } catch (cause) {
    await removeIfThere(beside);
    throw toWriteError(path, cause);
  }
}

async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await Deno.rename(from, to);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
