{#-
    Fails with every row for which the expression is false. Where it is null the
    row passes, as in dbt-utils and in SQL's check: say `coalesce(…, false)` where
    null must fail, too.
-#}
{% test expression_is_true(model, expression, column_name=none) %}

    select *
    from {{ model }}
    where not ({{ column_name if column_name is not none }} {{ expression }})

{% endtest %}
