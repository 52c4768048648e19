{#- Fails where a table has not `factor` times as many rows as another, in whole or by group. -#}
{% test expect_table_row_count_to_equal_other_table(
    model,
    compare_model,
    group_by=none,
    compare_group_by=none,
    factor=1,
    row_condition=none,
    compare_row_condition=none
) %}
    {{
        dbt_expectations.aggregates_that_differ(
            model,
            "count(*)",
            compare_model,
            "count(*) * " ~ factor,
            group_by or [],
            compare_group_by or group_by or [],
            row_condition,
            compare_row_condition or row_condition,
            0,
            none,
        )
    }}
{% endtest %}
