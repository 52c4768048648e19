{#- Fails with every group in which the share of rows that have a value is out of bounds. -#}
{% test not_null_proportion(
    model, column_name, at_least, at_most=1.0, group_by_columns=[]
) %}

    with
        proportions as (
            select
                {{ dbt_utils.group_select(group_by_columns) }}
                count({{ column_name }}) * 1.0 / count(*) as not_null_proportion
            from {{ model }} {{ dbt_utils.group_by(group_by_columns) }}
            having count(*) > 0
        )

    select *
    from proportions
    where not_null_proportion < {{ at_least }} or not_null_proportion > {{ at_most }}

{% endtest %}
