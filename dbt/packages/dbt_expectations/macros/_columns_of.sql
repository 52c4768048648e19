{#-
    A query for a relation's columns, their types and places, run with the test: so
    that tests of types compile without a connection. Types are upper case, and on
    BigQuery without parameters, as dbt's columns have them there.
-#}
{% macro columns_of(model) -%}
    {%- if model is string -%}
        {{
            exceptions.raise_compiler_error(
                "Cannot look up columns: found a query where a relation must be, "
                ~ "so there must be no `where` in the test's config"
            )
        }}
    {%- endif -%}
    {{ return(adapter.dispatch("columns_of", "dbt_expectations")(model)) }}
{%- endmacro %}

{% macro default__columns_of(model) -%}
    select
        lower(column_name) as column_name,
        upper(data_type) as data_type,
        ordinal_position as position
    from information_schema.columns
    where
        lower(table_schema) = lower('{{ model.schema }}')
        and lower(table_name) = lower('{{ model.identifier }}')
{%- endmacro %}

{#- BigQuery keeps an information schema in every dataset. -#}
{% macro bigquery__columns_of(model) -%}
    select
        lower(column_name) as column_name,
        upper(regexp_replace(data_type, r'\(.*\)', '')) as data_type,
        ordinal_position as position
    from `{{ model.database }}`.`{{ model.schema }}`.information_schema.columns
    where table_name = '{{ model.identifier }}'
{%- endmacro %}
