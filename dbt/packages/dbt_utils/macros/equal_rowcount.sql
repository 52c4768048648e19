{#- Fails with the difference between two relations' numbers of rows. -#}
{% test equal_rowcount(model, compare_model, group_by_columns=[]) %}

    {{ config(fail_calc="coalesce(sum(diff_count), 0)") }}

    {{ dbt_utils.row_counts(model, compare_model, group_by_columns) }}

    select *, abs(count_ours - count_theirs) as diff_count
    from counts
    where count_ours <> count_theirs

{% endtest %}
