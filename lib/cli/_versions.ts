import { join } from "node:path";
import { hashText, type Workspace } from "feira/workspace";

/** What a run was made with. */
export interface Versions {
  readonly deno: string;
  /** Of dbt-core, as pinned; absent where no pin is found. */
  readonly dbt?: string;
  /** Sixteen digits that are equal when deno.lock is: of all packages. */
  readonly packages: string;
}

/** Reads the versions that deno.lock and requirements/ pin. */
export async function readVersions(workspace: Workspace): Promise<Versions> {
  const { root, requirementsDir, engine } = workspace;
  const requirements = join(requirementsDir, engine === "bigquery" ? "bigquery.txt" : "dbt.txt");
  const [lock, pins] = await Promise.all(
    [join(root, "deno.lock"), requirements].map((path) => Deno.readTextFile(path)),
  );
  const dbt = pins!.match(/^dbt-core==([^\s\\]+)/m)?.[1];
  return {
    deno: Deno.version.deno,
    ...(dbt !== undefined && { dbt }),
    packages: hashText(lock!).slice(0, 16),
  };
}
