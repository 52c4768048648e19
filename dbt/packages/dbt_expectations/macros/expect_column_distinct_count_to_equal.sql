{#- Fails where the column does not have so many different values. -#}
{% test expect_column_distinct_count_to_equal(
    model, column_name, value, group_by=none, row_condition=none
) %}

    {{
        dbt_expectations.rows_that_fail(
            model,
            "count(distinct " ~ column_name ~ ") = " ~ value,
            row_condition,
            group_by,
        )
    }}

{% endtest %}
