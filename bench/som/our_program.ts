import { join } from "node:path";
import type { Program } from "../shared/run_job.ts";

/** The process of our own that does a {@linkcode SomJob}. */
export const OUR_PROGRAM: Program = {
  command: Deno.execPath(),
  args: ["run", "-A", "--quiet", join(import.meta.dirname!, "ours.ts")],
};
