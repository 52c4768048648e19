{#- A query for the values of a set, one row each. -#}
{% macro set_values(value_set, quote_values=true) -%}
    {%- for value in value_set %}
        select
            {% if quote_values -%} cast('{{ value }}' as {{ dbt.type_string() }})
            {%- else -%} {{ value }}
            {%- endif %} as value_field
        {% if not loop.last -%}
            union all
        {%- endif %}
    {%- endfor -%}
{%- endmacro %}
