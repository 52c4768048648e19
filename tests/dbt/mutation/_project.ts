import { join } from "node:path";
import type { Workspace } from "feira/workspace";

/** A relation that dbt built: a model or a snapshot. */
export interface Built {
  readonly id: string;
  readonly name: string;
  /** `"dataset"."table"`. */
  readonly relation: string;
  readonly isView: boolean;
  readonly isSnapshot: boolean;
  /** The query that makes it. */
  readonly sql: string;
  readonly parents: readonly string[];
  /** Columns that tests name as a key: its own, or another table's. */
  readonly keys: readonly string[];
  /** Columns to which the warehouse lets no null in, because the contract says so. */
  readonly notNull: readonly string[];
}

/** A data test as dbt runs it. */
export interface DataTest {
  readonly name: string;
  /** A query for one row: `is_failure`. */
  readonly sql: string;
  /** Ids of what it reads. */
  readonly reads: readonly string[];
}

/** What the mutation of a built project needs of its manifest. */
export interface BuiltProject {
  /** In an order in which each reads only earlier ones. */
  readonly built: readonly Built[];
  /** Those of severity `error`: the others never end a build. */
  readonly tests: readonly DataTest[];
}

interface ContractColumn {
  readonly name: string;
  readonly constraints?: readonly { readonly type: string }[];
}

interface Node {
  readonly unique_id: string;
  readonly name: string;
  readonly schema: string;
  readonly alias: string;
  readonly resource_type: string;
  readonly compiled_code?: string;
  readonly depends_on: { readonly nodes?: readonly string[] };
  readonly attached_node?: string | null;
  readonly columns: Readonly<Record<string, ContractColumn>>;
  readonly test_metadata?: {
    readonly name: string;
    readonly kwargs: Readonly<Record<string, unknown>>;
  };
  readonly config: {
    readonly materialized?: string;
    readonly severity?: string;
    readonly fail_calc?: string;
    readonly error_if?: string;
    readonly contract?: { readonly enforced?: boolean };
  };
}

/** Tests whose columns are keys, and the argument that names them. */
const KEY_TESTS: Readonly<Record<string, string>> = {
  unique: "column_name",
  relationships: "column_name",
  unique_combination_of_columns: "combination_of_columns",
  expect_column_values_to_be_unique: "column_name",
  expect_compound_columns_to_be_unique: "column_list",
};

/** The constraint that both warehouses enforce. */
const NOT_NULL = ["not_null"];

/** Reads the manifest that the last build left. */
export async function readProject({ dbtTargetDir }: Workspace): Promise<BuiltProject> {
  const manifest = JSON.parse(await Deno.readTextFile(join(dbtTargetDir, "manifest.json")));
  const nodes: Node[] = Object.values(manifest.nodes);
  const keys = new Map<string, Set<string>>();
  for (const { attached_node, test_metadata } of nodes) {
    const argument = KEY_TESTS[test_metadata?.name ?? ""];
    if (!attached_node || argument === undefined) continue;
    const columns = [test_metadata!.kwargs[argument]].flat() as string[];
    keys.set(attached_node, new Set([...keys.get(attached_node) ?? [], ...columns]));
  }
  const built = nodes
    .filter(({ resource_type }) => ["model", "snapshot"].includes(resource_type))
    .filter(({ config }) => config.materialized !== "ephemeral")
    // What stands on published segments is not built without any.
    .filter(({ compiled_code }) => compiled_code)
    .map((node) => toBuilt(node, [...keys.get(node.unique_id) ?? []]));
  const tests = nodes
    .filter(({ resource_type, config, compiled_code }) =>
      resource_type === "test" && compiled_code && config.severity?.toLowerCase() !== "warn"
    )
    .map(toTest);
  return { built: inOrder(built), tests };
}

function toBuilt(node: Node, keys: string[]): Built {
  const isView = node.config.materialized === "view";
  return {
    id: node.unique_id,
    name: node.name,
    relation: `"${node.schema}"."${node.alias}"`,
    isView,
    isSnapshot: node.resource_type === "snapshot",
    sql: node.compiled_code ?? "",
    parents: node.depends_on.nodes ?? [],
    keys: keys.sort(),
    notNull: node.config.contract?.enforced && !isView ? notNullColumns(node) : [],
  };
}

function notNullColumns({ columns }: Node): string[] {
  return Object.values(columns)
    .filter(({ constraints = [] }) => constraints.some(({ type }) => NOT_NULL.includes(type)))
    .map(({ name }) => name);
}

/** The query around a test's own is dbt's: `fail_calc` counts, `error_if` judges. */
function toTest({ name, compiled_code, config, depends_on }: Node): DataTest {
  const { fail_calc = "count(*)", error_if = "!= 0" } = config;
  return {
    name,
    sql: `select (${fail_calc}) ${error_if} as is_failure from (\n${compiled_code}\n) as found`,
    reads: depends_on.nodes ?? [],
  };
}

function inOrder(built: readonly Built[]): Built[] {
  const byId = new Map(built.map((one) => [one.id, one]));
  const done = new Set<Built>();
  const visit = (one: Built): void => {
    if (done.has(one)) return;
    for (const parent of one.parents) {
      const other = byId.get(parent);
      if (other !== undefined) visit(other);
    }
    done.add(one);
  };
  built.forEach(visit);
  return [...done];
}

/** Ids of all that reads a relation, directly or through others. */
export function descendantsOf(id: string, built: readonly Built[]): Set<string> {
  const found = new Set<string>();
  for (const one of built) {
    if (one.parents.some((parent) => parent === id || found.has(parent))) found.add(one.id);
  }
  return found;
}
