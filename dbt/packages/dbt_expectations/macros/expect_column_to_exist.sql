{#- Fails where the table has no such column, or has it in another place than column_index, from 1. -#}
{% test expect_column_to_exist(
    model, column_name, column_index=none, transform="upper"
) %}

    with relation_columns as ({{ dbt_expectations.columns_of(model) }})

    select count(*) as count_columns
    from relation_columns
    where
        column_name = '{{ column_name | lower }}'
        {% if column_index is not none -%}
            and position = {{ column_index }}
        {%- endif %}
    having count(*) = 0

{% endtest %}
