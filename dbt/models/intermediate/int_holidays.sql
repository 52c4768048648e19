with
    calendar_days as (select * from {{ ref("int_calendar_days") }}),

    years as (select distinct extract(year from date_day) as year from calendar_days),

    -- Easter Sunday by the anonymous Gregorian algorithm (Nature, 20 April 1876;
    -- Meeus, Astronomical Algorithms, chapter 8), its letters as column names
    computus_1 as (
        select
            year,
            mod(year, 19) as a,
            {{ whole_quotient("year", 100) }} as b,
            mod(year, 100) as c
        from years
    ),

    computus_2 as (
        select
            year,
            a,
            mod(
                19 * a
                + b
                - {{ whole_quotient("b", 4) }}
                - {{ whole_quotient("b - " ~ whole_quotient("b + 8", 25) ~ " + 1", 3) }}
                + 15,
                30
            ) as h,
            mod(b, 4) as e,
            {{ whole_quotient("c", 4) }} as i,
            mod(c, 4) as k
        from computus_1
    ),

    computus_3 as (
        select year, a, h, mod(32 + 2 * e + 2 * i - h - k, 7) as l from computus_2
    ),

    computus_4 as (
        select
            year,
            h
            + l
            - 7 * {{ whole_quotient("a + 11 * h + 22 * l", 451) }}
            + 114 as month_and_day
        from computus_3
    ),

    easter as (
        select
            {{
                make_date(
                    "year",
                    whole_quotient("month_and_day", 31),
                    "mod(month_and_day, 31) + 1",
                )
            }} as easter_day
        from computus_4
    ),

    holidays as (
        {% for month, day, name in fixed_holidays() -%}
            select
                {{ make_date("year", month, day) }} as holiday_date,
                '{{ name }}' as holiday_name,
                'national' as holiday_kind
            from years
            union all
        {% endfor -%}
        {% for offset, name, kind in easter_holidays() -%}
            select
                {{ add_days("easter_day", offset) }} as holiday_date,
                '{{ name }}' as holiday_name,
                '{{ kind }}' as holiday_kind
            from easter
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    ),

    -- 21 April is Tiradentes and was Good Friday in 2000: one name a day, the
    -- national one first
    ranked as (
        select
            holiday_date,
            holiday_name,
            holiday_kind,
            row_number() over (
                partition by holiday_date order by holiday_kind, holiday_name
            ) as place
        from holidays
    ),

    final as (
        select holiday_date, holiday_name, holiday_kind from ranked where place = 1
    )

select *
from final
