{#-
    Rows, or groups, for which the expression is false; null passes. What nearly
    all tests of this package are made of.
-#}
{% macro rows_that_fail(model, expression, row_condition=none, group_by=none) %}

    with
        judged as (
            select
                {% for column in group_by or [] -%}
                    {{ column }} as col_{{ loop.index }},
                {% endfor -%}
                {{ expression }} as expression
            from {{ model }}
            {% if row_condition -%} where {{ row_condition }} {%- endif %}
            {% if group_by -%} group by {{ group_by | join(", ") }} {%- endif %}
        )

    select *
    from judged
    where not (expression)

{% endmacro %}

{#- An expression that is true where a value lies between two bounds, of which one may be missing. -#}
{% macro is_between(value, min_value=none, max_value=none, strictly=false) %}
    {%- if min_value is none and max_value is none -%}
        {{
            exceptions.raise_compiler_error(
                "Cannot test "
                ~ value
                ~ ": found neither min_value nor max_value, must have one"
            )
        }}
    {%- endif -%}
    {%- set bounds = [] -%}
    {%- if min_value is not none -%}
        {%- do bounds.append(value ~ (" > " if strictly else " >= ") ~ min_value) -%}
    {%- endif -%}
    {%- if max_value is not none -%}
        {%- do bounds.append(value ~ (" < " if strictly else " <= ") ~ max_value) -%}
    {%- endif -%}
    {{ return("(" ~ bounds | join(" and ") ~ ")") }}
{% endmacro %}
