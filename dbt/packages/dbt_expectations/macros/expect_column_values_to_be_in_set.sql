{#- Fails with every row whose value is not in the set; so does null, for the set cannot hold it. -#}
{% test expect_column_values_to_be_in_set(
    model, column_name, value_set, quote_values=true, row_condition=none
) %}

    with
        accepted as ({{ dbt_expectations.set_values(value_set, quote_values) }}),

        found as (
            select {{ column_name }} as value_field
            from {{ model }}
            {% if row_condition -%} where {{ row_condition }} {%- endif %}
        )

    select found.value_field
    from found
    left join accepted on accepted.value_field = found.value_field
    where accepted.value_field is null

{% endtest %}
