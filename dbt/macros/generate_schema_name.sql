{#- A folder's schema and the project make the dataset: analytics_olist. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- if custom_schema_name is none -%} {{ target.schema }}
    {%- else -%} {{ custom_schema_name | trim }}_{{ var("project") }}
    {%- endif -%}
{%- endmacro %}
