{#-
    Stands before every statement, and becomes the labels of its job on BigQuery, by
    which the bill is split.
-#}
{% macro query_comment(node) -%}
    {#- Of the command line's variables: dbt_project.yml's are not known here. -#}
    {%- set labels = {"app": "dbt", "feira_project": var("project", "olist")} -%}
    {%- for label in ["notebook", "run"] -%}
        {%- set value = env_var("FEIRA_" ~ label | upper, "") -%}
        {%- if value -%} {%- do labels.update({label: value}) -%} {%- endif -%}
    {%- endfor -%}
    {%- if node is not none -%} {%- do labels.update(node=node.name) -%} {%- endif -%}
    {{ return(tojson(labels)) }}
{%- endmacro %}
