import { ensurePython } from "feira/python";
import { FeiraError, type Workspace } from "feira/workspace";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The release of DuckDB that requirements/emulator.in pins; it names a folder of extensions. */
const DUCKDB = "v1.5.5";
const EXTENSION = "spatial.duckdb_extension";

/** Runs the emulator with what Feira needs and it leaves out. */
const LAUNCHER = fileURLToPath(new URL("run_emulator.py", import.meta.url));

const READY_TRIES = 150;
const READY_PAUSE_MS = 200;

/** A BigQuery emulator that runs; stopped and forgotten when disposed. */
export interface Emulator extends AsyncDisposable {
  /** What `FEIRA_BIGQUERY_ENDPOINT` takes. */
  readonly endpoint: string;
}

/**
 * Starts the emulator of requirements/emulator.txt on a free port, with nothing
 * in it, in a home of its own: it loads an extension of DuckDB that it would
 * else fetch from a site.
 *
 * @throws {FeiraError} `environment` when it cannot be installed or ends at once.
 */
export async function startEmulator(workspace: Workspace): Promise<Emulator> {
  const environment = await ensurePython({
    name: "emulator",
    requirements: join(workspace.requirementsDir, "emulator.txt"),
    venvDir: workspace.venvDir,
  });
  const home = await makeHome(environment.python);
  const port = freePort();
  const child = new Deno.Command(environment.python, {
    args: [
      LAUNCHER,
      "start",
      "--rest-port",
      String(port),
      "--grpc-port",
      "0",
      "--log-level",
      "error",
    ],
    env: {
      HOME: home,
      BQEMU_ENABLE_FORMAT_EXTENSIONS: "false",
      // Files that are being uploaded go into its home too.
      TMPDIR: home,
    },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const emulator: Emulator = {
    endpoint: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      await stop(child);
      await Deno.remove(home, { recursive: true });
    },
  };
  try {
    await untilReady(emulator.endpoint, child);
    return emulator;
  } catch (error) {
    await emulator[Symbol.asyncDispose]();
    throw error;
  }
}

/** A home that holds the extension where DuckDB looks for it. */
async function makeHome(python: string): Promise<string> {
  const script = "import duckdb_extension_spatial as e, duckdb; print(e.__path__[0]); " +
    "print(duckdb.sql('pragma platform').fetchone()[0])";
  const { stdout } = await new Deno.Command(python, { args: ["-c", script] }).output();
  const [package_, platform] = new TextDecoder().decode(stdout).trim().split("\n");
  const home = await Deno.makeTempDir({ prefix: "feira-emulator-" });
  const folder = join(home, ".duckdb", "extensions", DUCKDB, platform!);
  await Deno.mkdir(folder, { recursive: true });
  await Deno.copyFile(join(package_!, "extensions", DUCKDB, EXTENSION), join(folder, EXTENSION));
  return home;
}

/** Another program could take it before the emulator does; it then ends at once, and says so. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function untilReady(endpoint: string, child: Deno.ChildProcess): Promise<void> {
  let ended: Deno.CommandStatus | undefined;
  child.status.then((status) => ended = status);
  for (let tries = 0; tries < READY_TRIES && !ended; tries++) {
    if (await isReady(endpoint)) return;
    await new Promise((resolve) => setTimeout(resolve, READY_PAUSE_MS));
  }
  const found = ended ? `it has ended with ${ended.code}` : "it does not answer";
  throw new FeiraError(
    "environment",
    `Cannot start the BigQuery emulator at ${endpoint}: ${found}, must be ready within ${
      READY_TRIES * READY_PAUSE_MS / 1000
    } s`,
  );
}

async function isReady(endpoint: string): Promise<boolean> {
  try {
    const response = await fetch(`${endpoint}/readyz`);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

async function stop(child: Deno.ChildProcess): Promise<void> {
  try {
    child.kill("SIGTERM");
  } catch (error) {
    // It has ended already: what was wanted.
    if (!(error instanceof TypeError)) throw error;
  }
  await child.status;
}
