{#-
    Stands before every statement, and becomes the labels of its job on BigQuery, by
    which the bill is split.
-#}
{% macro query_comment(node) -%}
    {%- set labels = {"app": "dbt"} -%}
    {#- Of the command line's variables: dbt_project.yml's are not known here. -#}
    {%- do labels.update(feira_project=var("project", "olist")) -%}
    {%- if node is not none -%} {%- do labels.update(node=node.name) -%} {%- endif -%}
    {{ return(tojson(labels)) }}
{%- endmacro %}
