import { join } from "node:path";
import { type PipelineOptions, readNotebooks } from "feira/notebook";
import type { TempWorkspace } from "./_temp_workspace.ts";

/** All notebooks of a workspace, whose tables never change. */
export async function optionsOf(
  { root }: TempWorkspace,
  more: Partial<PipelineOptions> = {},
): Promise<PipelineOptions> {
  return {
    notebooks: await readNotebooks(join(root, "notebooks")),
    root,
    fingerprint: () => Promise.resolve("same"),
    stateFile: join(root, "data/state.json"),
    executedDir: join(root, "reports/executed"),
    ...more,
  };
}
