{#- Fails with every value that is not in both columns, or not in as many rows of both. -#}
{% test cardinality_equality(model, column_name, to, field) %}

    with
        ours as (
            select {{ column_name }} as value_field, count(*) as count_rows
            from {{ model }}
            group by {{ column_name }}
        ),

        theirs as (
            select {{ field }} as value_field, count(*) as count_rows
            from {{ to }}
            group by {{ field }}
        ),

        only_ours as (select * from ours {{ dbt.except() }} select * from theirs),

        only_theirs as (select * from theirs {{ dbt.except() }} select * from ours)

    select *
    from only_ours
    union all
    select *
    from only_theirs

{% endtest %}
