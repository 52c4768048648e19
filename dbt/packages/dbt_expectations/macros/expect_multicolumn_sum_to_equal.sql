{#- Fails where several columns together do not sum to a number, or to what another column sums to. -#}
{% test expect_multicolumn_sum_to_equal(
    model, column_list, sum_total, group_by=none, row_condition=none
) %}

    {%- set sums = [] -%}
    {%- for column in column_list -%}
        {%- do sums.append("sum(" ~ column ~ ")") -%}
    {%- endfor -%}
    {%- set total = sum_total if sum_total is number else "sum(" ~ sum_total ~ ")" %}

    {{
        dbt_expectations.rows_that_fail(
            model, sums | join(" + ") ~ " = " ~ total, row_condition, group_by
        )
    }}

{% endtest %}
