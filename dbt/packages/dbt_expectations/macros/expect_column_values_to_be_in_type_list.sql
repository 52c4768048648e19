{#- Fails where the column is of none of the types. -#}
{% test expect_column_values_to_be_in_type_list(model, column_name, column_type_list) %}
    {{ dbt_expectations.columns_of_other_types(model, column_name, column_type_list) }}
{% endtest %}

{% macro columns_of_other_types(model, column_name, column_type_list) %}

    with relation_columns as ({{ dbt_expectations.columns_of(model) }})

    select *
    from relation_columns
    where
        column_name = '{{ column_name | lower }}'
        and data_type not in ('{{ column_type_list | map("upper") | join("', '") }}')

{% endmacro %}
