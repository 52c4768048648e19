{#- Fails with every row in which the column has a value. -#}
{% test expect_column_values_to_be_null(model, column_name, row_condition=none) %}

    {{
        dbt_expectations.rows_that_fail(
            model, column_name ~ " is null", row_condition
        )
    }}

{% endtest %}
