import { FEATURES } from "feira/features";
import type { BenchContext } from "../../bench/shared/bench.ts";
import { openWarehouse } from "feira/warehouse";
import { FeiraError, openWorkspace } from "feira/workspace";
import assert from "node:assert/strict";
import { customersSql } from "../../bench/scale/customers_sql.ts";
import { scaleBench } from "../../bench/scale/scale_bench.ts";

async function inScratch(work: (scratchDir: string) => Promise<void>): Promise<void> {
  const scratchDir = await Deno.makeTempDir({ prefix: "feira_scale_" });
  try {
    await work(scratchDir);
  } finally {
    await Deno.remove(scratchDir, { recursive: true });
  }
}

Deno.test("customersSql() makes as many customers as asked for, with the features in order", () =>
  inScratch(async (root) => {
    await using warehouse = await openWarehouse(openWorkspace({ root, engine: "duckdb" }));
    const { names, rows, numbers, texts } = await warehouse.columns(
      `${customersSql(3000)} order by 1`,
    );
    assert.deepEqual(names, ["customer_unique_id", ...FEATURES.map(({ name }) => name)]);
    assert.equal(rows, 3000);
    assert.equal(new Set(texts["customer_unique_id"]).size, 3000);
    assert.ok(Object.values(numbers).every((column) => column.every(Number.isFinite)));
    const share = (name: string, is: (value: number) => boolean) =>
      numbers[name]!.filter(is).length / rows;
    const once = share("frequency", (orders) => orders === 1);
    assert.ok(once > 0.95 && once < 0.985, `${once} bought once`);
    const unhappy = share("avg_review_score", (score) => score === 1);
    assert.ok(unhappy > 0.09 && unhappy < 0.14, `${unhappy} gave one star`);
  }));

Deno.test("the scale bench tells QE and TE before and after its epochs", () =>
  inScratch(async (scratchDir) => {
    const told: string[] = [];
    const context: BenchContext = {
      workspace: openWorkspace(),
      scratchDir,
      toPath: (path) => path,
      tell: (line) => told.push(line),
      signal: new AbortController().signal,
    };
    const options = {
      ...{ rows: "400", sample: "100", epochs: "1", memory: "1", width: "8", height: "4" },
      all: true,
    };
    const { tables, lines } = await scaleBench.run(context, options);
    const measured = lines.filter(({ te }) => te !== undefined);
    assert.deepEqual(measured.map(({ name }) => name), [
      "scale_start measured",
      "scale_map measured",
      "scale_that map measured",
    ]);
    for (const { qe, te } of measured) assert.ok(Number(qe) > 0 && Number(te) >= 0);
    assert.equal(tables[0]!.rows.length, lines.length - 1);
    assert.ok(told.some((line) => line.startsWith("epoch 1: ")));
  }));

Deno.test("the scale bench refuses numbers that are none", async () => {
  const context = { signal: new AbortController().signal } as BenchContext;
  await assert.rejects(
    () => scaleBench.run(context, { rows: "many" }),
    (error: FeiraError) => error.kind === "usage" && /--rows is "many"/.test(error.message),
  );
});
