/**
 * What changes when a file is written to or replaced: the moment of its last
 * change, its size and its number in the file system. Undefined when it is not
 * there.
 */
export async function maybeFileStamp(path: string): Promise<string | undefined> {
  try {
    const { mtime, size, ino } = await Deno.stat(path);
    return `${mtime?.getTime()} ${size} ${ino}`;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
