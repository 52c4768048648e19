import { type Dialect, FIELD } from "./_dialect.ts";
import { NEAR_FIELDS, UNIT_FIELDS } from "./_map_lines.ts";
import { hopLevel } from "./_near_units.ts";
import type { SearchSpec } from "./_search_sql.ts";
import { bind, type Statement, statement } from "./_statement.ts";

/** Distances of a row to a list of vectors, in the list's order. */
const distancesTo = (list: string) => `list_transform(${list}, lambda w: array_distance(x, w))`;

/** The place, from 1, of the least of `ds`; the first among equals. */
const PLACE = "list_position(ds, list_min(ds))";

/**
 * The search on DuckDB: a row meets a list of vectors in a lambda, so that no
 * pair of row and unit is ever a row of its own, nothing is sorted or grouped by
 * row, and memory does not depend on the number of rows.
 *
 * The case of near lists that do not reach compares with all units: the list is
 * one for all rows and is not copied.
 */
export function duckdbSearch(spec: SearchSpec, dialect: Dialect): Statement {
  const { source, lines, cols, carry, second } = spec;
  const field = (at: number) => dialect.part("line", FIELD, at);
  const vector = `cast(string_split(${field(UNIT_FIELDS.weights)}, ',') as double[${cols}])`;
  const bound = second ? "2 * distance + gap" : "2 * distance";
  const carried = carry.map((name) => `${name}, `).join("");
  const hop = String(hopLevel(lines.levels));
  return statement`units as materialized (
    select
        cast(${field(UNIT_FIELDS.unit)} as integer) as unit,
        cast(${field(UNIT_FIELDS.patch)} as integer) as patch,
        ${field(UNIT_FIELDS.isMiddle)} = '1' as is_middle,
        cast(${field(UNIT_FIELDS.segment)} as integer) as segment,
        cast(${field(UNIT_FIELDS.gap)} as double) as gap,
        cast(string_split(${field(UNIT_FIELDS.reaches)}, ',') as double[]) as reach,
        ${vector} as v
    from (${bind(dialect.lines, lines.units)})
),
patches as materialized (
    select patch, list(unit order by unit) as units, list(v order by unit) as vs
    from units group by patch
),
whole as materialized (
    select
        list(v order by unit) as vs,
        list(v order by patch) filter (where is_middle) as middles
    from units
),
near_units as (
    select n.unit, l.level, list_sort(flatten(list(n.units))) as units
    from (
        select
            cast(${field(NEAR_FIELDS.unit)} as integer) as unit,
            cast(${field(NEAR_FIELDS.level)} as integer) as level,
            cast(string_split(${field(NEAR_FIELDS.units)}, ',') as integer[]) as units
        from (${bind(dialect.lines, lines.near)})
    ) as n
    join (select unnest(range(${String(lines.levels)})) as level) as l on l.level >= n.level
    group by n.unit, l.level
),
near as materialized (
    select unit, level, units,
        list_select(whole.vs, list_transform(units, lambda u: u + 1)) as vs
    from near_units cross join whole
),
source as (${source}),
vectors as (
    select ${carried}[${scaledColumns(cols)}]::double[${String(cols)}] as x from source
),
by_middle as (
    select ${carried}x, ${distancesTo("middles")} as ds from vectors, whole
),
by_patch as (
    select ${carried}x, units, ${distancesTo("vs")} as ds
    from by_middle join patches on patches.patch = ${PLACE} - 1
),
seeded as (
    select ${carried}x, units[${PLACE}] as seed, list_min(ds) as distance from by_patch
),
bounded as (
    select ${carried}x, seed, ${levelOf(lines.levels, bound)} as level
    from seeded join units on units.unit = seeded.seed
),
near_compared as (
    select ${carried}x, bounded.level, units, ${distancesTo("vs")} as ds
    from bounded join near
    on near.unit = bounded.seed and near.level = coalesce(bounded.level, ${hop})
),
near_placed as (${placed("near_compared", second)}),
near_best as (
    select
        ${carried}x, level is not null as is_best, list_min(ds) as distance,
        units[place] as unit, ${second ? "units[other]" : "-1"} as second
    from near_placed
),
bounded_again as (
    select
        b.*, case when not is_best then ${levelOf(lines.levels, bound)} end as level
    from (select *, unit as seed from near_best) as b join units on units.unit = b.seed
),
compared as (
    select
        b.* exclude (level), near.units,
        case
            when is_best then [distance]
            when near.vs is null then ${distancesTo("whole.vs")}
            else ${distancesTo("near.vs")}
        end as ds
    from bounded_again as b
    left join near on near.unit = b.seed and near.level = b.level
    cross join whole
),
placed as (${placed("compared", second)}),
assigned as (
    select
        ${carried}${Array.from({ length: cols }, (_, d) => `x[${d + 1}] as x${d}`).join(", ")},
        list_min(ds) as distance,
        case when is_best then unit else coalesce(units[place], place - 1) end as unit,
        coalesce(case when is_best then second else coalesce(units[other], other - 1) end, -1)
            as second
    from placed
)`;
}

/** The lowest level that reaches beyond a row's bound; null where none does. */
function levelOf(levels: number, bound: string): string {
  const cases = Array.from(
    { length: levels },
    (_, l) => `when ${bound} < reach[${l + 1}] then ${l}`,
  );
  return `case ${cases.join(" ")} end`;
}

/** Adds the places, from 1, of the least of `ds` and, where asked for, of the next. */
function placed(from: string, second: boolean): string {
  if (!second) return `select *, ${PLACE} as place, null::bigint as other from ${from}`;
  // Those behind the least stand one further than among the others.
  return `select * exclude (others, among), among + cast(among >= place as bigint) as other
    from (
        select *, list_position(others, list_min(others)) as among
        from (
            select *, ${PLACE} as place,
                list_concat(ds[:${PLACE} - 1], ds[${PLACE} + 1:]) as others
            from ${from}
        )
    )`;
}

function scaledColumns(cols: number): string {
  return Array.from({ length: cols }, (_, d) => `x${d}`).join(", ");
}
