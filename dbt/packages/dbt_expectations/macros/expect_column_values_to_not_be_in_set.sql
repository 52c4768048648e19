{#- Fails with every row whose value is in the set; null passes. -#}
{% test expect_column_values_to_not_be_in_set(
    model, column_name, value_set, quote_values=true, row_condition=none
) %}

    with
        refused as ({{ dbt_expectations.set_values(value_set, quote_values) }}),

        found as (
            select {{ column_name }} as value_field
            from {{ model }}
            {% if row_condition -%} where {{ row_condition }} {%- endif %}
        )

    select found.value_field
    from found
    inner join refused on refused.value_field = found.value_field

{% endtest %}
