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
