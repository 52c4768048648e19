{#-
    Fails with every combination of values that more than one row has. Rows in which
    all of the columns, or any with ignore_row_if: any_value_is_missing, are null
    do not count.
-#}
{% test expect_compound_columns_to_be_unique(
    model,
    column_list,
    quote_columns=false,
    ignore_row_if="all_values_are_missing",
    row_condition=none
) %}
    {{
        dbt_expectations.repeated_combinations(
            model, column_list, quote_columns, ignore_row_if, row_condition
        )
    }}
{% endtest %}

{% macro repeated_combinations(
    model, column_list, quote_columns, ignore_row_if, row_condition
) %}

    {%- set joins = {
        "all_values_are_missing": " and ",
        "any_value_is_missing": " or ",
    } -%}
    {%- if ignore_row_if not in joins -%}
        {{
            exceptions.raise_compiler_error(
                "Cannot test for repeated rows: ignore_row_if is "
                ~ ignore_row_if
                ~ ", must be all_values_are_missing or any_value_is_missing"
            )
        }}
    {%- endif -%}
    {%- set columns = [] -%}
    {%- for column in column_list -%}
        {%- do columns.append(adapter.quote(column) if quote_columns else column) -%}
    {%- endfor -%}
    {%- set missing = (
        columns | join(" is null" ~ joins[ignore_row_if])
    ) ~ " is null" %}

    select {{ columns | join(", ") }}, count(*) as n_records
    from {{ model }}
    where
        not ({{ missing }})
        {% if row_condition -%} and ({{ row_condition }}) {%- endif %}
    group by {{ columns | join(", ") }}
    having count(*) > 1

{% endmacro %}
