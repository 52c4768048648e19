{#- Fails with every group whose latest moment is null or further back than the interval. -#}
{% test recency(
    model,
    field,
    datepart,
    interval,
    ignore_time_component=false,
    group_by_columns=[]
) %}

    {%- set moment = "date" if ignore_time_component else dbt.type_timestamp() -%}

    with
        latest as (
            select
                {{ dbt_utils.group_select(group_by_columns) }}
                cast(max({{ field }}) as {{ moment }}) as most_recent,
                cast(
                    {{ dbt.dateadd(datepart, interval * -1, dbt.current_timestamp()) }}
                    as {{ moment }}
                ) as threshold
            from {{ model }} {{ dbt_utils.group_by(group_by_columns) }}
        )

    select *
    from latest
    where most_recent is null or most_recent < threshold

{% endtest %}
