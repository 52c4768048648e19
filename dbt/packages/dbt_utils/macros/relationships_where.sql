{#- Fails with every row that meets from_condition and whose value no row of `to` has. -#}
{% test relationships_where(
    model, column_name, to, field, from_condition="true", to_condition="true"
) %}

    with
        children as (
            select {{ column_name }} as id
            from {{ model }}
            where {{ column_name }} is not null and {{ from_condition }}
        ),

        parents as (
            select {{ field }} as id
            from {{ to }}
            where {{ field }} is not null and {{ to_condition }}
        )

    select children.id
    from children
    left join parents on parents.id = children.id
    where parents.id is null

{% endtest %}
