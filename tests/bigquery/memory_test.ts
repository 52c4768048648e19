import { openWarehouse } from "feira/warehouse";
import { openWorkspace, systemEffects } from "feira/workspace";
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("./_load_process.ts", import.meta.url));

/** 4,000,000 for the figures that docs/bigquery.md shows. */
const ROWS = Number(Deno.env.get("FEIRA_MEMORY_ROWS") ?? 1_000_000);

/** What the engine that makes Parquet may take, of 1,000,000 bytes, and a little more. */
const ENGINE_MB = 600;

/** Four texts of 32 letters each, which do not compress: 128 MB for a million rows. */
async function writeParquet(root: string, rows: number): Promise<string> {
  const path = join(root, `${rows}.parquet`);
  const effects = { ...systemEffects, env: () => undefined };
  await using warehouse = await openWarehouse(openWorkspace({ root, effects }));
  const texts = ["a", "b", "c", "d"].map((name) => `md5('${name}' || i) as ${name}`).join(", ");
  await warehouse.query(`copy (select ${texts} from range(${rows}) t(i)) to '${path}'`);
  return path;
}

async function peakOfLoading(
  path: string,
  rows: number,
): Promise<{ before: number; after: number }> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", PROGRAM, path, String(rows)],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test({
  name: "replaceTables() holds a bounded part of what it loads",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const root = await Deno.makeTempDir({ prefix: "feira-memory-" });
    try {
      const peaks: { rows: number; megabytes: number; before: number; after: number }[] = [];
      for (const rows of [100_000, ROWS]) {
        const path = await writeParquet(root, rows);
        const megabytes = Math.round((await Deno.stat(path)).size / 1e6);
        peaks.push({ rows, megabytes, ...await peakOfLoading(path, rows) });
      }
      // deno-lint-ignore no-console -- the figures that docs/bigquery.md shows
      console.log(peaks);
      const [small, large] = peaks.map(({ after }) => after);
      assert.ok(large! < small! + ENGINE_MB, "the engine that writes Parquet has its limit");
    } finally {
      await Deno.remove(root, { recursive: true });
    }
  },
});
