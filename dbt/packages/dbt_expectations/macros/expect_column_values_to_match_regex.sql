{#- Fails with every row whose text has no match of the pattern; null passes. -#}
{% test expect_column_values_to_match_regex(
    model, column_name, regex, row_condition=none, is_raw=false, flags=""
) %}

    {{
        dbt_expectations.rows_that_fail(
            model,
            dbt_expectations.matches_regex(column_name, regex, is_raw, flags),
            row_condition,
        )
    }}

{% endtest %}
