{#- What the two warehouses spell differently about numbers. -#}
{#- 64-bit floating point; BigQuery's FLOAT64 is DuckDB's DOUBLE. -#}
{% macro to_double(value) -%}
    cast({{ value }} as {{ "float64" if target.type == "bigquery" else "double" }})
{%- endmacro %}

{#- The quotient of two whole numbers, rounded down. -#}
{% macro whole_quotient(dividend, divisor) -%}
    cast(floor(({{ dividend }}) / ({{ divisor }})) as int64)
{%- endmacro %}

{#-
    The middle value, or half the sum of the middle two. BigQuery's own quantiles are
    approximate where they aggregate, so there the values are put in order: each
    group's in memory, 8 bytes a value.
-#}
{% macro median(value) -%}
    {{ return(adapter.dispatch("median")(value)) }}
{%- endmacro %}

{% macro default__median(value) -%} median({{ value }}) {%- endmacro %}

{% macro bigquery__median(value) -%}
    {%- set ordered = "array_agg(" ~ value ~ " ignore nulls order by " ~ value ~ ")" -%}
    {%- set count = "count(" ~ value ~ ")" -%}
    (
        (
            {{ ordered }} [safe_ordinal(div(({{ count }} + 1), 2))]
            + {{ ordered }} [safe_ordinal(div({{ count }}, 2) + 1)]
        )
        / 2
    )
{%- endmacro %}

{#-
    The mean of amounts of money, as 64-bit floating point. BigQuery's mean of decimals
    is one, cut off after nine digits, so there whole cents are divided.
-#}
{% macro mean_amount(amount) -%}
    {{ return(adapter.dispatch("mean_amount")(amount)) }}
{%- endmacro %}

{% macro default__mean_amount(amount) -%} avg({{ amount }}) {%- endmacro %}

{% macro bigquery__mean_amount(amount) -%}
    (cast(sum({{ amount }}) * 100 as float64) / (100 * nullif(count({{ amount }}), 0)))
{%- endmacro %}

{#- A part of a whole as 64-bit floating point; null where the whole is 0. -#}
{% macro share(part, whole) -%}
    ({{ to_double(part) }} / nullif({{ to_double(whole) }}, 0))
{%- endmacro %}

{#-
    An amount of money in so many equal parts, to the cent, half a cent upwards. By
    whole cents: DuckDB divides decimals as floating point, where 0.29 / 2 is less
    than 0.145.
-#}
{% macro money_part(amount, parts) -%}
    cast(
        {{
            whole_quotient(
                "cast(" ~ amount ~ " * 200 as int64) + " ~ parts, "2 * " ~ parts
            )
        }} / 100 as numeric(18, 2)
    )
{%- endmacro %}
