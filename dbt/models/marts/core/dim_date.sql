with
    calendar_days as (select * from {{ ref("int_calendar_days") }}),

    holidays as (select * from {{ ref("int_holidays") }}),

    retail_days as (select * from {{ ref("int_retail_days") }}),

    parts as (
        select
            date_day,
            cast({{ date_id("date_day") }} as int64) as date_id,
            cast(extract(year from date_day) as int64) as year,
            cast(extract(quarter from date_day) as int64) as quarter,
            cast(extract(month from date_day) as int64) as month,
            {{ month_start("date_day") }} as month_start,
            cast({{ iso_year("date_day") }} as int64) as iso_year,
            cast({{ iso_week("date_day") }} as int64) as iso_week,
            cast(extract(day from date_day) as int64) as day_of_month,
            cast({{ iso_day_of_week("date_day") }} as int64) as day_of_week,
            cast({{ day_of_year("date_day") }} as int64) as day_of_year,
            {{ month_name("date_day") }} as month_name,
            {{ day_name("date_day") }} as day_name,
            date_day = last_day(date_day) as is_last_day_of_month
        from calendar_days
    ),

    final as (
        select
            parts.date_id,
            parts.date_day,
            parts.year,
            parts.quarter,
            parts.month,
            parts.month_start,
            parts.iso_year,
            parts.iso_week,
            parts.day_of_month,
            parts.day_of_week,
            parts.day_of_year,
            parts.month_name,
            parts.day_name,
            parts.day_of_week >= 6 as is_weekend,
            parts.day_of_month = 1 as is_first_day_of_month,
            parts.is_last_day_of_month,
            parts.day_of_month = 1
            and parts.month in (1, 4, 7, 10) as is_first_day_of_quarter,
            parts.is_last_day_of_month
            and parts.month in (3, 6, 9, 12) as is_last_day_of_quarter,
            parts.day_of_year = 1 as is_first_day_of_year,
            parts.is_last_day_of_month and parts.month = 12 as is_last_day_of_year,
            -- meteorological seasons of the southern hemisphere: whole months
            case
                when parts.month in (12, 1, 2)
                then 'summer'
                when parts.month in (3, 4, 5)
                then 'autumn'
                when parts.month in (6, 7, 8)
                then 'winter'
                else 'spring'
            end as season,
            holidays.holiday_date is not null as is_holiday,
            holidays.holiday_name,
            holidays.holiday_kind,
            retail_days.retail_date is not null as is_retail_day,
            retail_days.retail_day_name
        from parts
        left join holidays on holidays.holiday_date = parts.date_day
        left join retail_days on retail_days.retail_date = parts.date_day
    )

select *
from final
