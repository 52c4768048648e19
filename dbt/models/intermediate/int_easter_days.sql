with
    calendar_days as (select * from {{ ref("int_calendar_days") }}),

    years as (select distinct extract(year from date_day) as year from calendar_days),

    -- the anonymous Gregorian algorithm (Nature, 20 April 1876; Meeus, Astronomical
    -- Algorithms, chapter 8), its letters as column names
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

    final as (
        select
            cast(year as int64) as year,
            {{
                make_date(
                    "year",
                    whole_quotient("month_and_day", 31),
                    "mod(month_and_day, 31) + 1",
                )
            }} as easter_day
        from computus_4
    )

select *
from final
