with
    calendar_days as (select * from {{ ref("int_calendar_days") }}),

    holidays as (select * from {{ ref("int_holidays") }}),

    final as (
        select
            cast({{ date_id("calendar_days.date_day") }} as int64) as date_id,
            calendar_days.date_day,
            cast(extract(year from calendar_days.date_day) as int64) as year,
            cast(extract(quarter from calendar_days.date_day) as int64) as quarter,
            cast(extract(month from calendar_days.date_day) as int64) as month,
            cast({{ iso_year("calendar_days.date_day") }} as int64) as iso_year,
            cast({{ iso_week("calendar_days.date_day") }} as int64) as iso_week,
            cast(extract(day from calendar_days.date_day) as int64) as day_of_month,
            cast(
                {{ iso_day_of_week("calendar_days.date_day") }} as int64
            ) as day_of_week,
            cast({{ day_of_year("calendar_days.date_day") }} as int64) as day_of_year,
            {{ month_name("calendar_days.date_day") }} as month_name,
            {{ day_name("calendar_days.date_day") }} as day_name,
            {{ iso_day_of_week("calendar_days.date_day") }} >= 6 as is_weekend,
            -- meteorological seasons of the southern hemisphere: whole months
            case
                when extract(month from calendar_days.date_day) in (12, 1, 2)
                then 'summer'
                when extract(month from calendar_days.date_day) in (3, 4, 5)
                then 'autumn'
                when extract(month from calendar_days.date_day) in (6, 7, 8)
                then 'winter'
                else 'spring'
            end as season,
            holidays.holiday_date is not null as is_holiday,
            holidays.holiday_name,
            holidays.holiday_kind
        from calendar_days
        left join holidays on holidays.holiday_date = calendar_days.date_day
    )

select *
from final
