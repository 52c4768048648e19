{#- Fails where the table, or a group of it, does not have so many rows. -#}
{% test expect_table_row_count_to_equal(
    model, value, group_by=none, row_condition=none
) %}

    {{
        dbt_expectations.rows_that_fail(
            model, "count(*) = " ~ value, row_condition, group_by
        )
    }}

{% endtest %}
