import { type Dialect, FIELD, ITEM } from "./_dialect.ts";
import { NEAR_FIELDS, UNIT_FIELDS } from "./_map_lines.ts";
import { hopLevel } from "./_near_units.ts";
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
  const bound = `2 * sqrt(${squared("units")})${second ? " + units.gap" : ""}`;
  const hop = String(hopLevel(lines.levels));
  const best = (list: string) =>
    `array(select c.unit from unnest(${list}) as c order by ${squared("c")}, c.unit limit 2)`;
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
        from (${bind(dialect.lines, lines.near)}) as given cross join unnest(split(${
    field(NEAR_FIELDS.units)
  }, '${ITEM}')) as item
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
    select ${carried}${x}, seed, ${levelOf(lines.levels, bound)} as level
    from seeded join units on units.unit = seeded.seed
),
near_best as (
    select ${carried}${x}, bounded.level is not null as is_best, ${best("near.list")} as best
    from bounded join near
    on near.unit = bounded.seed and near.level = coalesce(bounded.level, ${hop})
),
bounded_again as (
    select
        ${carried}${x}, is_best, best, units.unit as seed,
        case when not is_best then ${levelOf(lines.levels, bound)} end as level
    from near_best join units on units.unit = near_best.best[offset(0)]
),
compared as (
    select
        ${carried}${x},
        if(is_best, b.best, ${best("coalesce(near.list, whole.list)")}) as best
    from bounded_again as b
    left join near on near.unit = b.seed and near.level = b.level
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

/** The lowest level that reaches beyond a row's bound; null where none does. */
function levelOf(levels: number, bound: string): string {
  const cases = Array.from(
    { length: levels },
    (_, l) => `when ${bound} < units.reach${l} then ${l}`,
  );
  return `case ${cases.join(" ")} end`;
}
