{#- Fails with one row where the share of rows that have a value lies outside the bounds. -#}
{% test not_null_proportion(model, column_name, at_least, at_most=1.0) %}

    with
        proportions as (
            select
                count(*) as count_rows,
                sum(case when {{ column_name }} is null then 0 else 1 end)
                * 1.0
                / count(*) as proportion
            from {{ model }}
        )

    select count_rows, proportion
    from proportions
    where count_rows > 0 and (proportion < {{ at_least }} or proportion > {{ at_most }})

{% endtest %}
