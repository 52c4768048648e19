import { join } from "node:path";
import { hashText, type Workspace, writeJsonBeside } from "feira/workspace";
import { type BuildInputs, settingsOf } from "./_last_build.ts";
import { type Artefacts, readArtefactsOf } from "./dbt_results.ts";

/**
 * The last whole build of the same code, variables and dbt, which has passed its
 * unit tests: as they have rows of their own, they need not run again, whatever
 * is in the warehouse. Undefined where there is none.
 */
export async function findTestedCode(
  workspace: Workspace,
  inputs: BuildInputs,
): Promise<Artefacts | undefined> {
  return await readArtefactsOf(await folderOf(workspace, inputs));
}

/** Keeps a whole build's artefacts for that, in the place of those of other code. */
export async function keepTestedCode(
  workspace: Workspace,
  { manifest, run }: Artefacts,
  inputs: BuildInputs,
): Promise<void> {
  await Deno.remove(join(workspace.dbtTargetDir, TESTED), { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  const dir = await folderOf(workspace, inputs);
  await writeJsonBeside(join(dir, "manifest.json"), manifest);
  await writeJsonBeside(join(dir, "run_results.json"), run);
}

const TESTED = "tested";

async function folderOf(
  workspace: Workspace,
  { vars, code }: BuildInputs,
): Promise<string> {
  // A run's copies have other names each time; no unit test reads from them.
  const { datasets: _datasets, ...others } = vars;
  const settings = await settingsOf(workspace, others);
  return join(workspace.dbtTargetDir, TESTED, await hashText(settings + code));
}
