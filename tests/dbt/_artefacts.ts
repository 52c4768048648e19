/** Artefacts of a small build: a seed, two models, and tests with the given results. */
export function artefactsOf(
  results: readonly {
    id: keyof typeof NODES;
    status: string;
    message?: string;
    failures?: number;
  }[],
  root = "/ws",
) {
  const nodes = Object.fromEntries(
    Object.entries(NODES).map(([id, node]) => [
      id,
      { ...node, compiled_path: `${root}/data/dbt/demo/compiled/${node.name}.sql` },
    ]),
  );
  const { [UNIT_TEST]: unitTest, ...rest } = nodes;
  return {
    run: {
      metadata: { invocation_id: "this-run" },
      elapsed_time: 1.5,
      results: results.map(({ id, status, message, failures }) => ({
        unique_id: id,
        status,
        execution_time: 0.25,
        message: message ?? null,
        failures: failures ?? null,
      })),
    },
    manifest: { nodes: rest, unit_tests: { [UNIT_TEST]: unitTest! } },
  };
}

export const UNIT_TEST = "unit_test.feira.fact_sales.counts_once";

const NODES = {
  "seed.feira.states": {
    name: "states",
    resource_type: "seed",
    fqn: ["feira", "states"],
    config: { materialized: "seed" },
  },
  "model.feira.stg_orders": {
    name: "stg_orders",
    resource_type: "model",
    fqn: ["feira", "staging", "stg_orders"],
    config: { materialized: "view" },
  },
  "model.feira.fact_sales": {
    name: "fact_sales",
    resource_type: "model",
    fqn: ["feira", "marts", "sales", "fact_sales"],
    config: { materialized: "table" },
  },
  "test.feira.unique_key.1": {
    name: "unique_key",
    resource_type: "test",
    attached_node: "model.feira.fact_sales",
    depends_on: { nodes: ["model.feira.fact_sales"] },
  },
  "test.feira.sums_agree": {
    name: "sums_agree",
    resource_type: "test",
    attached_node: null,
    depends_on: { nodes: ["model.feira.stg_orders", "model.feira.fact_sales"] },
  },
  [UNIT_TEST]: {
    name: "counts_once",
    resource_type: "unit_test",
    depends_on: { nodes: ["model.feira.fact_sales"] },
  },
} as const;
