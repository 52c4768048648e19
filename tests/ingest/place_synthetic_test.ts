import assert from "node:assert/strict";
import { join } from "node:path";
import { placeRawData } from "feira/ingest";
import { makePlace, readTree } from "./_raw_folder.ts";

Deno.test("placeRawData() places the synthetic market that is asked for, with its banner", async () => {
  await using place = await makePlace();
  const { ws, effects, logged } = place;
  const source = await placeRawData(ws, { syntheticOrders: 1_200, seed: 7, effects });
  const { files, ...rest } = source;
  const banner = "Synthetic data: 1,200 made-up orders, seed 7. Not Olist's data";
  assert.deepEqual(rest, {
    kind: "synthetic",
    from: "synthetic market",
    banner,
    orders: 1_200,
    seed: 7,
  });
  assert.equal(files.find(({ table }) => table === "orders")?.rows, 1_200);
  assert.equal(logged.at(-1), banner);
});

Deno.test("placeRawData() places the same bytes for the same orders and seed", async () => {
  await using one = await makePlace();
  await using other = await makePlace();
  for (const { ws, effects } of [one, other]) {
    await placeRawData(ws, { syntheticOrders: 1, effects });
  }
  assert.deepEqual(await readTree(one.ws.rawDir), await readTree(other.ws.rawDir));
});

Deno.test("placeRawData() puts the market that is asked for in place of other data", async () => {
  await using place = await makePlace();
  const { ws, effects } = place;
  await placeRawData(ws, { syntheticOrders: 2, effects });
  const source = await placeRawData(ws, { syntheticOrders: 3, effects });
  assert.equal(source.orders, 3);
});

Deno.test("placeRawData() calls synthetic what comes from a folder of synthetic data", async () => {
  await using place = await makePlace();
  const { ws, effects, root } = place;
  const { banner } = await placeRawData(ws, { syntheticOrders: 2, effects });
  const copy = join(root, "copy");
  await Deno.rename(ws.rawDir, copy);
  const source = await placeRawData(ws, { raw: copy, effects });
  assert.deepEqual([source.kind, source.banner, source.from], ["synthetic", banner, copy]);
});

Deno.test("placeRawData() throws a usage error on numbers and requests that cannot be", async () => {
  await using place = await makePlace();
  const { ws, effects, root } = place;
  for (
    const spec of [
      { syntheticOrders: 0 },
      { syntheticOrders: 1.5 },
      { syntheticOrders: 2, seed: 0.5 },
      { syntheticOrders: 2, raw: root },
    ]
  ) {
    await assert.rejects(placeRawData(ws, { ...spec, effects }), { kind: "usage" });
  }
});
