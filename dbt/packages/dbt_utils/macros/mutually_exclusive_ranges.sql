{#-
    Fails with every range that is empty, that reaches into the next one, or whose
    gap to the next one is not as `gaps` says: allowed, not_allowed or required.
    A bound that is null fails.
-#}
{% test mutually_exclusive_ranges(
    model,
    lower_bound_column,
    upper_bound_column,
    partition_by=none,
    gaps="allowed",
    zero_length_range_allowed=false
) %}

    {%- set to_next = {"allowed": "<=", "not_allowed": "=", "required": "<"} -%}
    {%- if gaps not in to_next -%}
        {{
            exceptions.raise_compiler_error(
                "Cannot test mutually_exclusive_ranges: gaps is "
                ~ gaps
                ~ ", must be allowed, not_allowed or required"
            )
        }}
    {%- endif -%}
    {%- set partition = "partition by " ~ partition_by if partition_by else "" %}

    with
        ranges as (
            select
                {% if partition_by -%}
                    {{ partition_by }} as partition_by_col,
                {%- endif %}
                {{ lower_bound_column }} as lower_bound,
                {{ upper_bound_column }} as upper_bound,
                lead({{ lower_bound_column }}) over (
                    {{ partition }}
                    order by {{ lower_bound_column }}, {{ upper_bound_column }}
                ) as next_lower_bound,
                row_number() over (
                    {{ partition }}
                    order by
                        {{ lower_bound_column }} desc, {{ upper_bound_column }} desc
                )
                = 1 as is_last
            from {{ model }}
        )

    select *
    from ranges
    where
        not coalesce(
            lower_bound {{ "<=" if zero_length_range_allowed else "<" }} upper_bound,
            false
        )
        or not coalesce(upper_bound {{ to_next[gaps] }} next_lower_bound, is_last)

{% endtest %}
