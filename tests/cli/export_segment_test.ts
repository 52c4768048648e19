import { openWarehouse } from "feira/warehouse";
import { hashFile, openWorkspace, systemEffects } from "feira/workspace";
import assert from "node:assert/strict";
import { type Exported, exportSegment, type ExportSpec } from "../../lib/cli/_export_segment.ts";
import { publishCampaign } from "../segments/_campaign.ts";
import { inFolder } from "../segments/_market.ts";

const BANNER = "Synthetic data: 120 made-up orders";

/** Publishes segments in a workspace of its own and exports from it. */
function withPublished(
  more: Parameters<typeof publishCampaign>[1],
  test: (run: (spec: ExportSpec) => Promise<Exported>, root: string) => Promise<void>,
): Promise<void> {
  return inFolder(async (root) => {
    const effects = { ...systemEffects, env: () => undefined };
    const workspace = openWorkspace({ root, project: "test", engine: "duckdb", effects });
    {
      await using warehouse = await openWarehouse(workspace);
      await publishCampaign(warehouse, more);
    }
    await test((spec) => exportSegment(workspace, spec), root);
  });
}

const readJson = async (path: string) => JSON.parse(await Deno.readTextFile(path));

Deno.test("exportSegment() writes customers, and beside them what they rest on", () =>
  withPublished({}, async (run, root) => {
    const { path, provenance, warnings } = await run({ segment: 1, format: "csv" });
    assert.equal(path, `${root}/data/exports/test/segment_1.csv`);
    const lines = (await Deno.readTextFile(path)).split("\r\n");
    assert.match(lines[0]!, /^customer_unique_id,state,city,/);
    assert.equal(lines.length, provenance.rows + 2);
    assert.ok(lines.slice(1, -1).every((line) => /,1,/.test(line)));
    assert.deepEqual(await readJson(`${path}.json`), provenance);
    assert.equal(provenance.sha256, await hashFile(path));
    assert.equal(provenance.file, "segment_1.csv");
    assert.deepEqual(provenance.segments.map(({ customers }) => customers), [provenance.rows]);
    assert.equal(provenance.segmented_at, "2026-11-22 18:00:00");
    assert.deepEqual([provenance.source, provenance.banner, warnings], [undefined, undefined, []]);
    const names = [...Deno.readDirSync(`${root}/data/exports/test`)].map(({ name }) => name);
    assert.deepEqual(names.sort(), ["segment_1.csv", "segment_1.csv.json"]);
  }));

Deno.test("exportSegment() writes Parquet where it is told, and warns of what one must know", () => {
  const untrustworthy = [{
    id: 0,
    jaccard: { mean: 0.4, low: 0.2, high: 0.6 },
    isTrustworthy: false,
  }];
  const more = { comment: BANNER, wasForced: true, stability: untrustworthy };
  return withPublished(more, async (run, root) => {
    const out = `${root}/out/all.parquet`;
    const { path, provenance, warnings } = await run({ segment: "all", format: "parquet", out });
    assert.equal(path, out);
    assert.equal(new TextDecoder().decode((await Deno.readFile(out)).subarray(0, 4)), "PAR1");
    assert.deepEqual([provenance.rows, provenance.segments.length], [120, 3]);
    assert.equal(provenance.banner, BANNER);
    assert.equal(warnings[0], BANNER);
    assert.equal(warnings.filter((text) => /does not survive resampling/.test(text)).length, 1);
    assert.equal(warnings.filter((text) => /gate rejected/.test(text)).length, 3);
  });
});

Deno.test("exportSegment() of an id that is not there writes nothing", () =>
  withPublished({}, async (run, root) => {
    await assert.rejects(run({ segment: 5, format: "csv" }), { kind: "usage" });
    await assert.rejects(Deno.stat(`${root}/data/exports`), Deno.errors.NotFound);
  }));
