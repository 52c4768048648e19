{#- Fails with every row in which A is not B; null passes. -#}
{% test expect_column_pair_values_to_be_equal(
    model, column_A, column_B, row_condition=none
) %}

    {{
        dbt_expectations.rows_that_fail(
            model, column_A ~ " = " ~ column_B, row_condition
        )
    }}

{% endtest %}
