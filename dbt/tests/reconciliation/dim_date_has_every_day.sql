-- Guards the calendar: without gaps, from 1 January to 31 December.
with
    bounds as (
        select
            count(*) as count_days,
            min(date_day) as first_day,
            max(date_day) as last_day
        from {{ ref("dim_date") }}
    )

select count_days, first_day, last_day
from bounds
where
    count_days != {{ days_between("first_day", "last_day") }} + 1
    or extract(month from first_day) * 100 + extract(day from first_day) != 101
    or extract(month from last_day) * 100 + extract(day from last_day) != 1231
