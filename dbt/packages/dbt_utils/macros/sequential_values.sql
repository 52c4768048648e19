{#- Fails with every row whose value is not the one before plus the interval. -#}
{% test sequential_values(
    model, column_name, interval=1, datepart=none, group_by_columns=[]
) %}

    with
        numbered as (
            select
                {{ dbt_utils.group_select(group_by_columns) }}
                {{ column_name }} as this_value,
                lag({{ column_name }}) over (
                    {% if group_by_columns -%}
                        partition by {{ group_by_columns | join(", ") }}
                    {%- endif %}
                    order by {{ column_name }}
                ) as previous_value
            from {{ model }}
        )

    select *
    from numbered
    where
        {% if datepart is none -%} not (this_value = previous_value + {{ interval }})
        {%- else -%}
            not (
                cast(this_value as {{ dbt.type_timestamp() }}) = cast(
                    {{ dbt.dateadd(datepart, interval, "previous_value") }}
                    as {{ dbt.type_timestamp() }}
                )
            )
        {%- endif %}

{% endtest %}
