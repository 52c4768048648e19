with
    easter_days as (select * from {{ ref("int_easter_days") }}),

    holidays as (
        {% for month, day, name, first_year in fixed_holidays() -%}
            select
                {{ make_date("year", month, day) }} as holiday_date,
                '{{ name }}' as holiday_name,
                'national' as holiday_kind
            from easter_days
            where year >= {{ first_year }}
            union all
        {% endfor -%}
        {% for offset, name, kind in easter_holidays() -%}
            select
                {{ add_days("easter_day", offset) }} as holiday_date,
                '{{ name }}' as holiday_name,
                '{{ kind }}' as holiday_kind
            from easter_days
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
