{#- Fails where the table, or a group of it, has too few or too many rows. -#}
{% test expect_table_row_count_to_be_between(
    model,
    min_value=none,
    max_value=none,
    group_by=none,
    row_condition=none,
    strictly=false
) %}

    {{
        dbt_expectations.rows_that_fail(
            model,
            dbt_expectations.is_between("count(*)", min_value, max_value, strictly),
            row_condition,
            group_by,
        )
    }}

{% endtest %}
