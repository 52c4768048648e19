with
    easter_days as (select * from {{ ref("int_easter_days") }}),

    retail_days as (
        select easter_day as retail_date, 'Easter' as retail_day_name
        from easter_days
        union all
        {% for month, day, name in fixed_retail_days() -%}
            select
                {{ make_date("year", month, day) }} as retail_date,
                {{ dbt.string_literal(dbt.escape_single_quotes(name)) }}
                as retail_day_name
            from easter_days
            union all
        {% endfor -%}
        {% for month, weekday, which, offset, name in weekday_retail_days() -%}
            {%- set first = make_date("year", month, 1) -%}
            select
                {{
                    add_days(
                        first,
                        "mod("
                        ~ (weekday + 7)
                        ~ " - "
                        ~ iso_day_of_week(first)
                        ~ ", 7) + "
                        ~ (7 * (which - 1) + offset),
                    )
                }} as retail_date,
                {{ dbt.string_literal(dbt.escape_single_quotes(name)) }}
                as retail_day_name
            from easter_days
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    ),

    -- one name a day, should two fall together
    final as (
        select retail_date, min(retail_day_name) as retail_day_name
        from retail_days
        group by retail_date
    )

select *
from final
