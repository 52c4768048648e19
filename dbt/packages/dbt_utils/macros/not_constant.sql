{#- Fails with every group in which the column has the same value in all rows. -#}
{% test not_constant(model, column_name, group_by_columns=[]) %}

    select
        {{ dbt_utils.group_select(group_by_columns) }}
        count(distinct {{ column_name }}) as count_values
    from {{ model }} {{ dbt_utils.group_by(group_by_columns) }}
    having count(distinct {{ column_name }}) = 1

{% endtest %}
