import { join } from "node:path";

/** Copies a folder of sources, without the folders that dbt leaves in it. */
export async function copyDir(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory && ["target", "logs"].includes(name)) continue;
    const [source, copy] = [join(from, name), join(to, name)];
    await (isDirectory ? copyDir(source, copy) : Deno.copyFile(source, copy));
  }
}
