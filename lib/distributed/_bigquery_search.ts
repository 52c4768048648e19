import { type Dialect, FIELD, ITEM } from "./_dialect.ts";
import { NEAR_FIELDS, UNIT_FIELDS } from "./_map_lines.ts";
import type { SearchSpec } from "./_search_sql.ts";
import { bind, type Statement, statement } from "./_statement.ts";

/**
 * The search on BigQuery: a row meets the units of an array in a subquery of its
 * own, so that no pair of row and unit is ever shuffled; the arrays are small
 * tables that BigQuery sends to every worker.
 */
export function bigquerySearch(spec: SearchSpec, dialect: Dialect): Statement {
  const { source, lines, cols, carry, second } = spec;
  const field = (at: number) => dialect.part("line", FIELD, at);
  const each = (write: (d: number) => string) =>
    Array.from({ length: cols }, (_, d) => write(d)).join(", ");
  const weights = each((d) => `u.w${d} as w${d}`);
  const vector = `struct(u.unit as unit, ${weights})`;
  const squared = (of: string) =>
    Array.from({ length: cols }, (_, d) => `(x${d} - ${of}.w${d}) * (x${d} - ${of}.w${d})`)
      .join(" + ");
  const nearest = (list: string, column: string) =>
    `(select c.${column} from unnest(${list}) as c order by ${squared("c")}, c.${column} limit 1)`;
  const carried = carry.map((name) => `${name}, `).join("");
  const x = each((d) => `x${d}`);
  const levels = Array.from(
    { length: lines.levels },
    (_, l) => `when bound < reach${l} then ${l}`,
  );
  const reaches = Array.from(
    { length: lines.levels },
    (_, l) => `cast(${dialect.part("reaches", ITEM, l)} as float64) as reach${l}`,
  );
  return statement`units as (
    select
        unit, patch, is_middle, segment, gap,
        ${reaches.join(", ")},
        ${each((d) => `cast(${dialect.part("weights", ITEM, d)} as float64) as w${d}`)}
    from (
        select
            cast(${field(UNIT_FIELDS.unit)} as int64) as unit,
            cast(${field(UNIT_FIELDS.patch)} as int64) as patch,
            ${field(UNIT_FIELDS.isMiddle)} = '1' as is_middle,
            cast(${field(UNIT_FIELDS.segment)} as int64) as segment,
            cast(${field(UNIT_FIELDS.gap)} as float64) as gap,
            ${field(UNIT_FIELDS.reaches)} as reaches,
            ${field(UNIT_FIELDS.weights)} as weights
        from (${bind(dialect.lines, lines.units)}) as given
    ) as parts
),
near as (
    select n.unit, l.level, array_agg(${vector}) as list
    from (
        select
            cast(${field(NEAR_FIELDS.unit)} as int64) as unit,
            cast(${field(NEAR_FIELDS.level)} as int64) as level,
            cast(item as int64) as near
        from (${bind(dialect.lines, lines.near)}) as given${dialect.items(field(NEAR_FIELDS.units))}
    ) as n
    join (select level from unnest(generate_array(0, ${
    String(lines.levels - 1)
  })) as level) as l on l.level >= n.level
    join units as u on u.unit = n.near
    group by n.unit, l.level
),
patches as (
    select u.patch, array_agg(${vector}) as list from units as u group by u.patch
),
middles as (
    select array_agg(struct(u.patch as patch, ${weights})) as list from units as u where u.is_middle
),
whole as (
    select array_agg(${vector}) as list from units as u
),
source as (${source}),
by_middle as (
    select ${carried}${x}, ${
    nearest("middles.list", "patch")
  } as patch from source cross join middles
),
seeded as (
    select ${carried}${x}, ${nearest("patches.list", "unit")} as seed
    from by_middle join patches on patches.patch = by_middle.patch
),
bounded as (
    select
        ${carried}${x}, seed, ${
    Array.from({ length: lines.levels }, (_, l) => `reach${l}`).join(", ")
  },
        2 * sqrt(${squared("units")})${second ? " + gap" : ""} as bound
    from seeded join units on units.unit = seeded.seed
),
leveled as (
    select ${carried}${x}, seed, case ${levels.join(" ")} end as level from bounded
),
compared as (
    select
        ${carried}${x},
        array(
            select c.unit from unnest(coalesce(near.list, whole.list)) as c
            order by ${squared("c")}, c.unit limit 2
        ) as best
    from leveled
    left join near on near.unit = leveled.seed and near.level = leveled.level
    cross join whole
),
assigned as (
    select
        ${carried}${x}, sqrt(${squared("units")}) as distance, units.unit as unit${
    second ? ", coalesce(best[safe_offset(1)], -1) as second" : ""
  }
    from compared join units on units.unit = compared.best[offset(0)]
)`;
}
