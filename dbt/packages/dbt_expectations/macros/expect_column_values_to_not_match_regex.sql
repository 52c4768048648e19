{#- Fails with every row whose text has a match of the pattern; null passes. -#}
{% test expect_column_values_to_not_match_regex(
    model, column_name, regex, row_condition=none, is_raw=false, flags=""
) %}

    {{
        dbt_expectations.rows_that_fail(
            model,
            "not "
            ~ dbt_expectations.matches_regex(column_name, regex, is_raw, flags),
            row_condition,
        )
    }}

{% endtest %}
