/** What {@linkcode publishEverybody} needs of a warehouse. */
export interface Publisher {
  readonly query: (sql: string) => Promise<unknown>;
  /** A table of the analytics dataset, quoted as the engine asks for. */
  readonly nameOf: (table: string) => string;
  /** What the engine calls 64-bit floating point. */
  readonly float: "double" | "float64";
}

/**
 * Writes what 08_segment publishes, as from a model that knows one segment with
 * one part, and everybody is in both.
 */
export async function publishEverybody({ query, nameOf, float }: Publisher): Promise<void> {
  const model = "'m1' as model_id";
  const at = "cast('2018-11-01 10:00:00' as datetime)";
  const whole = (name: string) => `cast(1 as ${float}) as ${name}`;
  await query(
    `create table ${nameOf("dim_customer_segmented")} as
     select *, cast(0 as int64) as segment_id, cast(100 as int64) as subsegment_id,
       cast(1 as int64) as neuron_x, cast(2 as int64) as neuron_y,
       cast(0.5 as ${float}) as distance, ${whole("margin")}, ${whole("subsegment_margin")},
       ${model}, ${at} as segmented_at
     from ${nameOf("dim_customer")}`,
  );
  const segment = (id: number, { level, parent, name }: Record<string, string | number>) =>
    `select cast(${id} as int64) as segment_id, cast(${level} as int64) as level,
       cast(${parent} as int64) as parent_segment_id, '${name}' as name, '' as description,
       '' as insight, '' as strategy, count(*) as customers, ${whole("customer_share")},
       ${whole("revenue_share")}, '[]' as evidence, ${whole("stability")},
       true as is_trustworthy, ${model}, false as was_forced`;
  const segments = (more: string) =>
    [
      segment(0, { level: 1, parent: "null", name: "Everybody" }),
      segment(100, { level: 2, parent: 0, name: "All of them" }),
    ].map((columns) => `${columns}, ${more} from ${nameOf("dim_customer")}`).join(" union all ");
  await query(
    `create table ${nameOf("dim_segment")} as ${segments(`${at} as segmented_at`)}`,
  );
  const ever = `'{}' as profile, ${at} as valid_from, cast(null as datetime) as valid_to`;
  await query(`create table ${nameOf("dim_segment_history")} as ${segments(ever)}`);
  await query(
    `create table ${nameOf("segment_baseline")} as
     select 'recency' as feature, cast(0 as int64) as bin, cast(null as ${float}) as above,
       cast(null as ${float}) as up_to, count(*) as customers, ${model}, ${at} as segmented_at
     from ${nameOf("dim_customer")}`,
  );
}
