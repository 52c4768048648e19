{#- What the two warehouses spell differently about numbers. -#}
{#- 64-bit floating point; BigQuery's FLOAT64 is DuckDB's DOUBLE. -#}
{% macro to_double(value) -%}
    cast({{ value }} as {{ "float64" if target.type == "bigquery" else "double" }})
{%- endmacro %}

{#- The quotient of two whole numbers, rounded down. -#}
{% macro whole_quotient(dividend, divisor) -%}
    cast(floor(({{ dividend }}) / ({{ divisor }})) as int64)
{%- endmacro %}

{#- The middle value; BigQuery's is the nearest of its approximate quantiles. -#}
{% macro median(value) -%}
    {{ return(adapter.dispatch("median")(value)) }}
{%- endmacro %}

{% macro default__median(value) -%} median({{ value }}) {%- endmacro %}

{% macro bigquery__median(value) -%}
    approx_quantiles({{ value }}, 2)[offset(1)]
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
