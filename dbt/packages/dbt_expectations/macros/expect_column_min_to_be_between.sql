{#- Fails where the column's least value, or that of a group, lies outside the bounds. -#}
{% test expect_column_min_to_be_between(
    model,
    column_name,
    min_value=none,
    max_value=none,
    group_by=none,
    row_condition=none,
    strictly=false
) %}

    {{
        dbt_expectations.rows_that_fail(
            model,
            dbt_expectations.is_between(
                "min(" ~ column_name ~ ")", min_value, max_value, strictly
            ),
            row_condition,
            group_by,
        )
    }}

{% endtest %}
