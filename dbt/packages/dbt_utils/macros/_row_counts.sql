{#-
    Two relations' numbers of rows side by side, by group where there are groups.
    A group that only one of the two has counts 0 in the other. They are joined by
    a constant, too, for BigQuery joins outwards only where columns are equal.
-#}
{% macro row_counts(model, compare_model, group_by_columns) %}
    with
        ours as (
            select
                1 as one,
                {{ dbt_utils.group_select(group_by_columns) }} count(*) as count_ours
            from {{ model }} {{ dbt_utils.group_by(group_by_columns) }}
        ),

        theirs as (
            select
                1 as one,
                {{ dbt_utils.group_select(group_by_columns) }} count(*) as count_theirs
            from {{ compare_model }} {{ dbt_utils.group_by(group_by_columns) }}
        ),

        counts as (
            select
                {% for column in group_by_columns -%}
                    coalesce(ours.{{ column }}, theirs.{{ column }}) as {{ column }},
                {% endfor -%}
                coalesce(ours.count_ours, 0) as count_ours,
                coalesce(theirs.count_theirs, 0) as count_theirs
            from ours
            full outer join
                theirs on ours.one = theirs.one
                {%- for column in group_by_columns %}
                    and ours.{{ column }} = theirs.{{ column }}
                {%- endfor %}
        )
{% endmacro %}
