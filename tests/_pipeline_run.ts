import { join } from "node:path";
import {
  type CommandEnd,
  copyOfCopy,
  copyWorkspace,
  type WorkspaceCopy,
} from "./cli/_workspace_copy.ts";

/** A market that is small and still passes the gate, and a search of a few settings. */
export const MARKET: readonly string[] = ["--synthetic", "2000", "--param", "candidates=6"];

/** The whole pipeline as it ran once, from nothing, on a small synthetic market. */
export interface PipelineRun extends AsyncDisposable {
  /** Its workspace, project `olist`. Others read it too: change a {@linkcode copy} only. */
  readonly root: string;
  /** How `deno task run` ended. */
  readonly end: CommandEnd;
  /** The workspace with all that the run made, to be changed at will. */
  copy(): Promise<WorkspaceCopy>;
}

/**
 * Runs the pipeline in a copy of this workspace (about 40 s on two cores). The
 * test command gives its tests a folder, in which the first who asks makes the
 * run and all others wait for it; without that folder each makes its own.
 *
 * @throws {Error} when the run that another test makes does not end in ten minutes.
 */
export async function pipelineRun(): Promise<PipelineRun> {
  const shared = Deno.env.get("FEIRA_TEST_RUN");
  if (shared !== undefined) return await sharedRun(shared);
  const workspace = await copyWorkspace();
  const end = await workspace.command("run", ...MARKET);
  return toRun(workspace.root, end, async () => await workspace[Symbol.asyncDispose]());
}

async function sharedRun(dir: string): Promise<PipelineRun> {
  const record = join(dir, "run.json");
  if (await isOurs(join(dir, "run.lock"))) {
    try {
      // It stays where it was run: dbt remembers its seeds by their whole path.
      const { root, command } = await copyWorkspace(dir);
      await publish(record, { end: await command("run", ...MARKET), root });
    } catch (error) {
      await publish(record, { error: String(error) });
    }
  }
  const { end, root, error } = await whenThere(record);
  if (end === undefined || root === undefined) {
    throw new Error(`Cannot run the pipeline: ${error}`);
  }
  return toRun(root, end, () => Promise.resolve());
}

function toRun(root: string, end: CommandEnd, dispose: () => Promise<void>): PipelineRun {
  return { root, end, copy: () => copyOfCopy(root), [Symbol.asyncDispose]: dispose };
}

async function isOurs(lock: string): Promise<boolean> {
  try {
    await Deno.mkdir(lock);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    throw error;
  }
}

interface Published {
  readonly end?: CommandEnd;
  readonly root?: string;
  readonly error?: string;
}

async function publish(path: string, content: Published): Promise<void> {
  await Deno.writeTextFile(`${path}.part`, JSON.stringify(content));
  await Deno.rename(`${path}.part`, path);
}

async function whenThere(path: string): Promise<Published> {
  const end = performance.now() + 600_000;
  while (performance.now() < end) {
    try {
      return JSON.parse(await Deno.readTextFile(path));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`Cannot use the pipeline's run: found nothing at ${path}, must be there by now`);
}
