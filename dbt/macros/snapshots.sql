{#-
    When a row that the source has no more ends in its history: now, on Brazil's
    clock, as every other moment of the warehouse. dbt's own would be a moment of
    UTC beside local ones.
-#}
{% macro duckdb__snapshot_get_time() -%}
    cast(now() at time zone 'America/Sao_Paulo' as timestamp)
{%- endmacro %}

{% macro bigquery__snapshot_get_time() -%}
    datetime(current_timestamp(), 'America/Sao_Paulo')
{%- endmacro %}
