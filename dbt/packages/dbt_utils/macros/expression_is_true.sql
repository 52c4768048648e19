{#- Fails with every row for which the expression is not true; null is not true. -#}
{% test expression_is_true(model, expression, column_name=none) %}

    select *
    from {{ model }}
    where
        not coalesce(
            {% if column_name is none %}{{ expression }}
            {%- else %}{{ column_name }} {{ expression }}
            {%- endif %},
            false
        )

{% endtest %}
