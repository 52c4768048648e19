{#- Fails with the rows that are too many where a relation does not have fewer than another. -#}
{% test fewer_rows_than(model, compare_model, group_by_columns=[]) %}

    {{ config(fail_calc="coalesce(sum(row_count_delta), 0)") }}

    {{ dbt_utils.row_counts(model, compare_model, group_by_columns) }}

    select *, greatest(count_ours - count_theirs, 1) as row_count_delta
    from counts
    where count_ours >= count_theirs

{% endtest %}
