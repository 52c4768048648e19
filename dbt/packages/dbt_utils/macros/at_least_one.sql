{#- Fails with every group in which the column has no value at all. -#}
{% test at_least_one(model, column_name, group_by_columns=[]) %}

    select
        {{ dbt_utils.group_select(group_by_columns) }}
        count({{ column_name }}) as count_values
    from {{ model }} {{ dbt_utils.group_by(group_by_columns) }}
    having count({{ column_name }}) = 0

{% endtest %}
