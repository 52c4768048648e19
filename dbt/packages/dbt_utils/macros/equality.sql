{#-
    Fails with every row that only one of two relations has, comparing as sets the
    columns of compare_columns, else all but exclude_columns. With precision,
    numbers are rounded to so many decimals.
-#}
{% test equality(
    model,
    compare_model,
    compare_columns=none,
    exclude_columns=none,
    precision=none
) %}

    {%- if compare_columns and exclude_columns -%}
        {{
            exceptions.raise_compiler_error(
                "Cannot test equality: found both compare_columns and exclude_columns, "
                ~ "must have at most one"
            )
        }}
    {%- endif -%}
    {#- Columns are looked up only where the arguments do not name them all. -#}
    {%- set terms = [] -%}
    {%- if compare_columns and precision is none -%}
        {%- do terms.extend(compare_columns) -%}
    {%- elif execute -%}
        {%- set wanted = (compare_columns or []) | map("lower") | list -%}
        {%- set unwanted = (exclude_columns or []) | map("lower") | list -%}
        {%- for column in adapter.get_columns_in_relation(model) -%}
            {%- set name = column.name | lower -%}
            {%- if (not wanted or name in wanted) and name not in unwanted -%}
                {#- DuckDB's decimals carry their parameters, so that dbt does not know them. -#}
                {%- set is_number = (
                    column.is_float()
                    or column.is_numeric()
                    or column.dtype.lower().startswith("decimal")
                ) -%}
                {%- if precision is not none and is_number -%}
                    {%- do terms.append(
                        "round(cast("
                        ~ column.quoted
                        ~ " as "
                        ~ dbt.type_numeric()
                        ~ "), "
                        ~ precision
                        ~ ") as "
                        ~ column.quoted
                    ) -%}
                {%- else -%} {%- do terms.append(column.quoted) -%}
                {%- endif -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set columns = terms | join(", ") or "*" %}

    with
        ours as (select {{ columns }} from {{ model }}),

        theirs as (select {{ columns }} from {{ compare_model }}),

        only_ours as (select * from ours {{ dbt.except() }} select * from theirs),

        only_theirs as (select * from theirs {{ dbt.except() }} select * from ours)

    select 'only in model' as which_diff, only_ours.*
    from only_ours
    union all
    select 'only in compare_model' as which_diff, only_theirs.*
    from only_theirs

{% endtest %}
