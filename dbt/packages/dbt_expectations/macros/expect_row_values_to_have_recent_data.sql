{#- Fails where the latest moment, leaving out the future, is further back than the interval. -#}
{% test expect_row_values_to_have_recent_data(
    model, column_name, datepart, interval, row_condition=none
) %}

    {%- set moment = dbt.type_timestamp() -%}
    {%- set now = "cast(" ~ dbt.current_timestamp() ~ " as " ~ moment ~ ")" %}

    with
        latest as (
            select max(cast({{ column_name }} as {{ moment }})) as max_timestamp
            from {{ model }}
            where
                cast({{ column_name }} as {{ moment }}) <= {{ now }}
                {% if row_condition -%} and ({{ row_condition }}) {%- endif %}
        )

    select *
    from latest
    where
        max_timestamp is null
        or max_timestamp
        < cast({{ dbt.dateadd(datepart, interval * -1, now) }} as {{ moment }})

{% endtest %}
