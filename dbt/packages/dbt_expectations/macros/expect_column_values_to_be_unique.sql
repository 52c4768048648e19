{#- Fails with every value that more than one row has; null does not count. -#}
{% test expect_column_values_to_be_unique(model, column_name, row_condition=none) %}
    {{
        dbt_expectations.repeated_combinations(
            model, [column_name], false, "all_values_are_missing", row_condition
        )
    }}
{% endtest %}
