-- Guards the special days by what everybody knows of them rather than by how they
-- are computed: every year has each once, on its weekday, within its dates.
{% set special_days = [
    ("holiday", "New Year", none, 101, 101),
    ("holiday", "Carnival Monday", 1, 202, 308),
    ("holiday", "Carnival Tuesday", 2, 203, 309),
    ("holiday", "Good Friday", 5, 320, 423),
    ("holiday", "Tiradentes", none, 421, 421),
    ("holiday", "Labour Day", none, 501, 501),
    ("holiday", "Corpus Christi", 4, 521, 624),
    ("holiday", "Independence Day", none, 907, 907),
    ("holiday", "Our Lady of Aparecida", none, 1012, 1012),
    ("holiday", "All Souls", none, 1102, 1102),
    ("holiday", "Proclamation of the Republic", none, 1115, 1115),
    ("holiday", "Black Consciousness Day", none, 1120, 1120),
    ("holiday", "Christmas", none, 1225, 1225),
    ("retail", "Consumer Day", none, 315, 315),
    ("retail", "Easter", 7, 322, 425),
    ("retail", "Mother's Day", 7, 508, 514),
    ("retail", "Valentine's Day", none, 612, 612),
    ("retail", "Father's Day", 7, 808, 814),
    ("retail", "Children's Day", none, 1012, 1012),
    ("retail", "Black Friday", 5, 1123, 1129),
    ("retail", "Cyber Monday", 1, 1126, 1202),
    ("retail", "Christmas Eve", none, 1224, 1224),
] %}

with
    days as (
        select date_day, year, day_of_week, month * 100 + day_of_month as month_and_day
        from {{ ref("dim_date") }}
    ),

    easter_days as (select * from {{ ref("int_easter_days") }}),

    known as (
        {% for kind, name, weekday, earliest, latest in special_days -%}
            select
                '{{ kind }}' as kind,
                {{ dbt.string_literal(dbt.escape_single_quotes(name)) }} as day_name,
                cast({{ weekday or "null" }} as int64) as day_of_week,
                {{ earliest }} as earliest,
                {{ latest }} as latest
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    ),

    found as (
        select 'holiday' as kind, holiday_name as day_name, holiday_date as date_day
        from {{ ref("int_holidays") }}
        union all
        select 'retail', retail_day_name, retail_date
        from {{ ref("int_retail_days") }}
    ),

    placed as (
        select
            found.kind,
            found.day_name,
            days.year,
            days.month_and_day between known.earliest and known.latest
            and coalesce(
                days.day_of_week = known.day_of_week, known.day_of_week is null
            ) as is_right
        from found
        left join known on known.kind = found.kind and known.day_name = found.day_name
        left join days on days.date_day = found.date_day
    ),

    -- 21 April has one name where Good Friday falls on it; the law of 20 November
    -- came into force in 2024
    counts as (
        select
            easter_days.year,
            count(case when placed.kind = 'retail' then 1 end) as count_retail,
            count(case when placed.kind = 'holiday' then 1 end) as count_holidays,
            12
            + case when easter_days.year >= 2024 then 1 else 0 end
            - case
                when
                    extract(month from easter_days.easter_day) = 4
                    and extract(day from easter_days.easter_day) = 23
                then 1
                else 0
            end as count_expected
        from easter_days
        left join placed on placed.year = easter_days.year
        group by easter_days.year, easter_days.easter_day
    )

select day_name, year
from placed
where not coalesce(is_right, false)
union all
select 'number of special days', year
from counts
where count_retail != 9 or count_holidays != count_expected
union all
select 'Easter', days.year
from days
left join easter_days on easter_days.year = days.year
group by days.year
having
    count(
        case
            when days.date_day = easter_days.easter_day and days.day_of_week = 7 then 1
        end
    )
    != 1
