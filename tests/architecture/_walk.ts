/** All files below a folder whose name ends so, with their text; paths are relative. */
export async function* walkFiles(
  root: URL,
  ending: string,
  below = "",
): AsyncGenerator<{ path: string; text: string }> {
  for await (const entry of Deno.readDir(new URL(below, root))) {
    const path = below + entry.name;
    if (entry.isDirectory) yield* walkFiles(root, ending, path + "/");
    else if (path.endsWith(ending)) {
      yield { path, text: await Deno.readTextFile(new URL(path, root)) };
    }
  }
}
