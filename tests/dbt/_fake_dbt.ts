import { join } from "node:path";
import { fileURLToPath as fromFileUrl } from "node:url";
import { openWarehouse } from "feira/warehouse";
import { type Engine, hashText, openWorkspace, type Workspace } from "feira/workspace";

/** A workspace in a folder of its own, in which `dbt` is a program that a test writes. */
export interface FakeDbt extends AsyncDisposable {
  readonly workspace: Workspace;
  /** Arguments and environment of the last call. */
  readonly call: () => Promise<{ args: string[]; env: Record<string, string> }>;
}

/** What the fake program does, in this order. */
export interface FakeRun {
  /** Lines for stdout, objects as JSON. */
  readonly lines?: readonly (object | string)[];
  readonly errorLines?: readonly string[];
  readonly artefacts?: { readonly run: object; readonly manifest: object };
  /** Stays until it is killed. */
  readonly hangs?: boolean;
  readonly code?: number;
}

/** One line of dbt's JSON log. */
export function logLine(name: string, data: object, info: object = {}): object {
  return {
    info: { name, level: "info", msg: "", invocation_id: "this-run", ...info },
    data,
  };
}

/** Makes an environment that ensurePython takes for one it has made itself. */
export async function fakeDbt(run: FakeRun, engine: Engine = "duckdb"): Promise<FakeDbt> {
  const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "feira dbt " }));
  const own = openWorkspace({ root, project: "demo", engine });
  // Not in the environments that FEIRA_VENV shares: the program would take dbt's place in them.
  const workspace = { ...own, venvDir: join(root, ".venv") };
  const name = engine === "duckdb" ? "dbt" : engine;
  const venv = join(workspace.venvDir, name);
  const bin = join(venv, "bin");
  for (const dir of [bin, workspace.requirementsDir, workspace.dbtDir, workspace.dataDir]) {
    await Deno.mkdir(dir, { recursive: true });
  }
  const requirements = "fake\n";
  await Deno.writeTextFile(join(workspace.requirementsDir, `${name}.txt`), requirements);
  await Deno.writeTextFile(
    join(venv, "feira.json"),
    JSON.stringify({
      requirements: hashText(requirements),
      path: venv,
      chosen: Deno.env.get("FEIRA_PYTHON") ?? null,
    }),
  );
  if (engine === "duckdb") await (await openWarehouse(workspace)).close();
  await Deno.writeTextFile(join(root, "run.json"), JSON.stringify(run));
  const program = fromFileUrl(new URL("_fake_dbt_program.ts", import.meta.url));
  const config = fromFileUrl(new URL("../../deno.json", import.meta.url));
  await Deno.writeTextFile(
    join(bin, "python"),
    // Its first argument is the Python program that runs dbt.
    `#!/bin/sh\nshift\nexec "${Deno.execPath()}" run -A --quiet --config "${config}" "${program}" "${root}" "$@"\n`,
    { mode: 0o755 },
  );
  return {
    workspace,
    call: async () => JSON.parse(await Deno.readTextFile(join(root, "call.json"))),
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}
