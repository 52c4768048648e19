{#- Fails with every row in which two of the columns have the same value. -#}
{% test expect_select_column_values_to_be_unique_within_record(
    model,
    column_list,
    quote_columns=false,
    ignore_row_if="all_values_are_missing",
    row_condition=none
) %}

    {%- set joins = {
        "all_values_are_missing": " and ",
        "any_value_is_missing": " or ",
    } -%}
    {%- set columns = [] -%}
    {%- for column in column_list -%}
        {%- do columns.append(adapter.quote(column) if quote_columns else column) -%}
    {%- endfor -%}
    {%- set missing = (
        columns | join(" is null" ~ joins[ignore_row_if])
    ) ~ " is null" %}

    select {{ columns | join(", ") }}
    from {{ model }}
    where
        not ({{ missing }})
        {% if row_condition -%} and ({{ row_condition }}) {%- endif %}
        and (
            false
            {%- for column in columns %}
                {%- for other in columns[loop.index :] %}
                    or coalesce(
                        {{ column }} = {{ other }},
                        {{ column }} is null and {{ other }} is null
                    )
                {%- endfor %}
            {%- endfor %}
        )

{% endtest %}
