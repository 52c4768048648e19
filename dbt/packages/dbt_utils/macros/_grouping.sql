{#- What group_by_columns adds to a test: the columns of a select list, and the group by. -#}
{% macro group_select(group_by_columns) -%}
    {%- for column in group_by_columns -%} {{ column }}, {% endfor -%}
{%- endmacro %}

{% macro group_by(group_by_columns) -%}
    {%- if group_by_columns -%}
        group by {{ group_by_columns | join(", ") }}
    {%- endif -%}
{%- endmacro %}
