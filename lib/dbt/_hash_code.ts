import { join } from "node:path";
import { hashFile, hashText, type Workspace } from "feira/workspace";

/** What dbt leaves in its folders. */
const LEFT_BY_DBT = ["target", "logs"];

/** One hash of the names and bytes of all that dbt reads: its project and the seeds. */
export async function hashCode({ dbtDir, seedsDir }: Workspace): Promise<string> {
  return hashText(JSON.stringify([await hashesOf(dbtDir), await hashesOf(seedsDir)]));
}

type Hashes = [name: string, hash: string | Hashes][];

/** Of a folder that is not there: none. */
async function hashesOf(dir: string): Promise<Hashes> {
  const hashes: Hashes = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(dir)) {
      if (isDirectory && LEFT_BY_DBT.includes(name)) continue;
      const path = join(dir, name);
      hashes.push([name, isDirectory ? await hashesOf(path) : await hashFile(path)]);
    }
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
  }
  return hashes.sort(([a], [b]) => a < b ? -1 : 1);
}
