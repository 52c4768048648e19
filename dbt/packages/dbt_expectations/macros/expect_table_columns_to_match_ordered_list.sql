{#- Fails with every column that the table has and the list has not in that place, or the other way round. -#}
{% test expect_table_columns_to_match_ordered_list(
    model, column_list, transform="upper"
) %}

    with
        relation_columns as ({{ dbt_expectations.columns_of(model) }}),

        listed as (
            {%- for column in column_list %}
                select
                    {{ loop.index }} as position, '{{ column | lower }}' as column_name
                {% if not loop.last -%}
                    union all
                {%- endif %}
            {%- endfor %}
        )

    select
        listed.column_name as listed_column,
        relation_columns.column_name as found_column
    from listed
    full outer join
        relation_columns
        on relation_columns.position = listed.position
        and relation_columns.column_name = listed.column_name
    where listed.column_name is null or relation_columns.column_name is null

{% endtest %}
