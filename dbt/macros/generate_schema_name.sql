{#-
    The dataset of a layer: `analytics_olist`. A run that works on copies says in
    `datasets` what they are called.
-#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- if custom_schema_name is none -%} {{ target.schema }}
    {%- else -%}
        {%- set layer = custom_schema_name | trim -%}
        {{ var("datasets").get(layer, layer ~ "_" ~ var("project")) }}
    {%- endif -%}
{%- endmacro %}
