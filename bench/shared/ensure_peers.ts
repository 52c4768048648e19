import { join } from "node:path";
import { ensurePython, type PythonEnvironment } from "feira/python";
import { systemEffects } from "feira/workspace";
import type { BenchContext } from "./bench.ts";

/** The Python environment of the peers, set up on first use. */
export function ensurePeers(
  { workspace, tell, signal }: BenchContext,
): Promise<PythonEnvironment> {
  return ensurePython({
    name: "peers",
    requirements: join(workspace.requirementsDir, "peers.txt"),
    venvDir: workspace.venvDir,
    effects: { ...systemEffects, log: tell },
    signal,
  });
}
