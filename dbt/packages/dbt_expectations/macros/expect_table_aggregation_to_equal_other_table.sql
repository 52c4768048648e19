{#-
    Fails with every group for which an expression is not the same in two tables,
    within the tolerance. A group that only one of them has counts 0 in the other.
-#}
{% test expect_table_aggregation_to_equal_other_table(
    model,
    expression,
    compare_model,
    compare_expression=none,
    group_by=none,
    compare_group_by=none,
    row_condition=none,
    compare_row_condition=none,
    tolerance=0.0,
    tolerance_percent=none
) %}
    {{
        dbt_expectations.aggregates_that_differ(
            model,
            expression,
            compare_model,
            compare_expression or expression,
            group_by or [],
            compare_group_by or group_by or [],
            row_condition,
            compare_row_condition or row_condition,
            tolerance,
            tolerance_percent,
        )
    }}
{% endtest %}

{% macro aggregates_that_differ(
    model,
    expression,
    compare_model,
    compare_expression,
    group_by,
    compare_group_by,
    row_condition,
    compare_row_condition,
    tolerance,
    tolerance_percent
) %}

    with
        ours as (
            {{
                dbt_expectations.aggregate_of(
                    model, expression, group_by, row_condition
                )
            }}
        ),

        theirs as (
            {{
                dbt_expectations.aggregate_of(
                    compare_model,
                    compare_expression,
                    compare_group_by,
                    compare_row_condition,
                )
            }}
        ),

        compared as (
            select
                {% for _ in group_by -%}
                    coalesce(
                        ours.col_{{ loop.index }}, theirs.col_{{ loop.index }}
                    ) as col_{{ loop.index }},
                {% endfor -%}
                ours.expression,
                theirs.expression as compare_expression,
                abs(
                    coalesce(ours.expression, 0) - coalesce(theirs.expression, 0)
                ) as expression_difference
            from ours
            full outer join
                theirs on ours.one = theirs.one
                {%- for _ in group_by %}
                    and ours.col_{{ loop.index }} = theirs.col_{{ loop.index }}
                {%- endfor %}
        )

    select *
    from compared
    where
        {% if tolerance_percent is none -%} expression_difference > {{ tolerance }}
        {%- else -%}
            expression_difference / nullif(expression * 1.0, 0)
            > {{ tolerance_percent }}
        {%- endif %}

{% endmacro %}

{#- The constant joins two of these: BigQuery joins outwards only where columns are equal. -#}
{% macro aggregate_of(model, expression, group_by, row_condition) %}
    select
        1 as one,
        {% for column in group_by -%}
            {{ column }} as col_{{ loop.index }},
        {% endfor -%}
        {{ expression }} as expression
    from {{ model }}
    {% if row_condition -%} where {{ row_condition }} {%- endif %}
    {% if group_by -%} group by {{ group_by | join(", ") }} {%- endif %}
{% endmacro %}
