{#- Fails with every row whose text is not so many characters long; null passes. -#}
{% test expect_column_value_lengths_to_equal(
    model, column_name, value, row_condition=none
) %}

    {{
        dbt_expectations.rows_that_fail(
            model, dbt.length(column_name) ~ " = " ~ value, row_condition
        )
    }}

{% endtest %}
