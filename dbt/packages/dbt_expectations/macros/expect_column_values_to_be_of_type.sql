{#- Fails where the column is of another type; types are named as the warehouse names them. -#}
{% test expect_column_values_to_be_of_type(model, column_name, column_type) %}
    {{ dbt_expectations.columns_of_other_types(model, column_name, [column_type]) }}
{% endtest %}
