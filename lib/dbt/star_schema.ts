/** A column that is a key of its table, or of another one. */
export interface KeyColumn {
  readonly name: string;
  readonly isPrimary: boolean;
  /** Where its values come from; undefined for a key of the table's own. */
  readonly target?: string;
  /** The target's column; always there beside `target`. */
  readonly targetColumn?: string;
  /** Whether rows may have no value in it, and so no row of the target. */
  readonly isNullable: boolean;
}

/** A table of a mart, as far as it relates to others. */
export interface StarTable {
  readonly name: string;
  /** `core`, `sales`, …; `seeds` for seeds. */
  readonly mart: string;
  /** What one row is: the description's first sentence. */
  readonly grain: string;
  /** Primary key first, then foreign keys, both in the order of the columns. */
  readonly keys: readonly KeyColumn[];
  readonly countColumns: number;
}

/** The parts of a parsed project's manifest that are read here. */
export interface SchemaManifest {
  readonly nodes: Readonly<Record<string, SchemaNode>>;
  readonly sources: Readonly<Record<string, SchemaNode>>;
}

/** A node of it: a model, a seed, a source, a snapshot or a test. */
export interface SchemaNode {
  readonly unique_id: string;
  readonly name: string;
  readonly resource_type: string;
  readonly fqn: readonly string[];
  readonly description: string;
  readonly columns: Readonly<Record<string, SchemaColumn>>;
  readonly constraints?: readonly SchemaConstraint[];
  readonly attached_node?: string | null;
  readonly depends_on?: { readonly nodes?: readonly string[] };
  readonly test_metadata?: {
    readonly name: string;
    readonly kwargs: Readonly<Record<string, unknown>>;
  };
}

type Target = Required<Pick<KeyColumn, "target" | "targetColumn">>;

interface SchemaColumn {
  readonly name: string;
  readonly constraints?: readonly SchemaConstraint[];
}

interface SchemaConstraint {
  readonly type: string;
  readonly columns?: readonly string[];
}

/**
 * The tables of all marts and the seeds, with their keys: primary keys from the
 * contracts' constraints, foreign keys from the tests of relationships.
 *
 * @returns the tables by name, in alphabetical order.
 */
export function starSchema({ nodes }: SchemaManifest): StarTable[] {
  const all = Object.values(nodes);
  const isTable = ({ resource_type, fqn }: SchemaNode) =>
    resource_type === "seed" || resource_type === "model" && fqn[1] === "marts";
  const tables = new Map(all.filter(isTable).map((node) => [node.unique_id, node]));
  const targets = new Map<string, Map<string, Target>>();
  for (const { attached_node, test_metadata, depends_on } of all) {
    if (test_metadata?.name !== "relationships" || !attached_node) continue;
    // A table may relate to itself; else the other node is the target.
    const other = depends_on?.nodes?.find((id) => id !== attached_node) ?? attached_node;
    const target = tables.get(other);
    if (target === undefined || !tables.has(attached_node)) continue;
    const own = targets.get(attached_node) ?? new Map<string, Target>();
    const { column_name, field } = test_metadata.kwargs;
    own.set(String(column_name), { target: target.name, targetColumn: String(field) });
    targets.set(attached_node, own);
  }
  return [...tables.values()]
    .map((node) => toTable(node, targets.get(node.unique_id) ?? new Map()))
    .sort((a, b) => a.name < b.name ? -1 : 1);
}

function toTable(node: SchemaNode, targets: ReadonlyMap<string, Target>): StarTable {
  const columns = Object.values(node.columns);
  const primary = (node.constraints ?? []).find(({ type }) => type === "primary_key")?.columns ??
    [];
  const has = ({ constraints = [] }: SchemaColumn, wanted: string) =>
    constraints.some(({ type }) => type === wanted);
  const keys = columns.map((column): KeyColumn => {
    const target = targets.get(column.name);
    return {
      name: column.name,
      isPrimary: primary.includes(column.name) || has(column, "primary_key"),
      isNullable: !has(column, "not_null"),
      ...target,
    };
  }).filter(({ isPrimary, target }) => isPrimary || target !== undefined);
  return {
    name: node.name,
    mart: node.resource_type === "seed" ? "seeds" : node.fqn[2]!,
    grain: /^[^.]*/.exec(node.description.replace(/\s+/g, " "))![0],
    keys: keys.toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary)),
    countColumns: columns.length,
  };
}
