{#- Fails with every value of the column that is one of those listed. -#}
{% test not_accepted_values(model, column_name, values, quote=true) %}

    select distinct {{ column_name }} as value_field
    from {{ model }}
    where
        {{ column_name }} in (
            {%- for value in values -%}
                {%- if quote -%}'{{ value }}'
                {%- else -%}{{ value }}
                {%- endif -%}
                {%- if not loop.last -%}, {% endif -%}
            {%- endfor -%}
        )

{% endtest %}
