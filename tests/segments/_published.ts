import {
  fitSegmentation,
  keepSegmentIds,
  keepSubsegmentIds,
  nameSegments,
  profileSegments,
  type PublishedSegments,
  type PublishSpec,
  readArchetypes,
  segmentStability,
  subdivide,
  subdivisionStability,
} from "feira/segments";
import type { CustomerMatrix } from "feira/features";
import { type LoadColumn, openWarehouse, type Warehouse } from "feira/warehouse";
import { openWorkspace, systemEffects } from "feira/workspace";
import { ARCHETYPES_PATH, inFolder, SMALL } from "./_market.ts";

export const DATASET = "analytics_test";
export const SEGMENTED_AT = Temporal.PlainDateTime.from("2026-11-22T18:00:00");

/** Everything that 08_segment would publish of these customers. */
export async function toPublishSpec(
  matrix: CustomerMatrix,
  published?: PublishedSegments,
): Promise<PublishSpec> {
  const segmentation = keepSegmentIds(await fitSegmentation(matrix, SMALL), { matrix, published });
  const divided = await subdivide(matrix, segmentation, { to: 3, resamples: 2 });
  const subdivisions = keepSubsegmentIds(divided, { matrix, published });
  const profiles = profileSegments(matrix, segmentation.segments, { subdivisions });
  const segments = nameSegments(profiles, await readArchetypes(ARCHETYPES_PATH));
  const few = { resamples: 2, seeds: 1, maps: "kept" } as const;
  const levels = [
    await segmentStability(matrix, segmentation, few),
    ...await Promise.all(subdivisions.map((each) => subdivisionStability(matrix, each, few))),
  ];
  return {
    matrix,
    segmentation,
    subdivisions,
    segments,
    stability: levels.flatMap((level) => level.segments),
    wasForced: false,
    segmentedAt: SEGMENTED_AT,
  };
}

const ADDRESS: readonly LoadColumn[] = [
  { name: "state", type: "text" },
  { name: "zip_code_prefix", type: "text" },
  { name: "last_order_at", type: "timestamp" },
];

/** A table `dim_customer` with these customers. */
export async function placeCustomers(
  warehouse: Warehouse,
  ids: readonly string[],
  { hasAddress = false }: { hasAddress?: boolean } = {},
): Promise<void> {
  await warehouse.replaceTables(DATASET, [{
    name: "dim_customer",
    columns: [
      { name: "customer_unique_id", type: "text", description: "The person who buys" },
      { name: "city", type: "text" },
      { name: "first_order_at", type: "timestamp" },
      { name: "count_orders", type: "integer" },
      ...hasAddress ? ADDRESS : [],
    ],
    from: {
      rows: ids.map((id, i) => ({
        customer_unique_id: id,
        city: i % 7 === 0 ? null : "são paulo",
        first_order_at: SEGMENTED_AT.subtract({ days: i }),
        count_orders: 1,
        state: "SP",
        zip_code_prefix: "01310",
        last_order_at: SEGMENTED_AT.subtract({ days: i }),
      })),
    },
  }]);
}

/** An empty DuckDB warehouse in a folder of its own. */
export async function inWarehouse(
  test: (warehouse: Warehouse, root: string) => Promise<void>,
): Promise<void> {
  await inFolder(async (root) => {
    const workspace = openWorkspace({
      root,
      project: "test",
      engine: "duckdb",
      effects: { ...systemEffects, env: () => undefined },
    });
    await using warehouse = await openWarehouse(workspace);
    await test(warehouse, root);
  });
}
