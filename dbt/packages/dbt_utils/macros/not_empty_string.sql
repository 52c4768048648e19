{#- Fails with every row whose text is empty, or only blanks; null passes. -#}
{% test not_empty_string(model, column_name, trim_whitespace=true) %}

    select *
    from {{ model }}
    where
        {% if trim_whitespace %} trim({{ column_name }})
        {% else %} {{ column_name }}
        {% endif %} = ''

{% endtest %}
