{#- Fails with every row whose value lies outside the bounds; null passes, as in SQL's check. -#}
{% test accepted_range(
    model, column_name, min_value=none, max_value=none, inclusive=true
) %}

    {%- if min_value is none and max_value is none -%}
        {{
            exceptions.raise_compiler_error(
                "Cannot test accepted_range of "
                ~ column_name
                ~ ": found neither min_value nor max_value, must have one"
            )
        }}
    {%- endif %}

    select *
    from {{ model }}
    where
        false
        {% if min_value is not none %}
            or {{ column_name }} {{ "<" if inclusive else "<=" }} {{ min_value }}
        {% endif %}
        {% if max_value is not none %}
            or {{ column_name }} {{ ">" if inclusive else ">=" }} {{ max_value }}
        {% endif %}

{% endtest %}
