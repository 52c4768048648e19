{#-
    How the facts follow their source. A load replaces the raw tables whole, so
    neither a load's moment nor an order's date tells what is new: what was bought
    last year may have been delivered since. So every row is computed and compared
    with the one that is there: what differs is updated, what is new inserted, and
    what the source has no more is deleted, in one statement. The table is then
    always what a full refresh makes of it, and a load that changes little writes
    little. Takes the place of dbt's own merge, which never deletes and rewrites
    every row that it finds.
-#}
{% macro mirror_merge(target, source, unique_key, dest_columns) -%}
    {%- set keys = [unique_key] if unique_key is string else unique_key -%}
    {%- set columns = dest_columns | map(attribute="name") | list -%}
    {%- set values = columns | reject("in", keys) | list -%}
    merge into {{ target }} as mirror
    using {{ source }} as computed
    on (
    {%- for key in keys %}
            computed.{{ key }} = mirror.{{ key }} {%- if not loop.last %} and{% endif %}
    {%- endfor %}
    )
    when matched and (
    {%- for column in values %}
            mirror.{{ column }} is distinct from computed.{{ column }} {%- if not loop.last %} or{% endif %}
    {%- endfor %}
    ) then update set
    {%- for column in values %}
        {{ column }} = computed.{{ column }}
        {%- if not loop.last %},{% endif %}
    {%- endfor %}
    when not matched then insert ({{ columns | join(", ") }}) values (
    {%- for column in columns %}
            computed.{{ column }} {%- if not loop.last %},{% endif %}
    {%- endfor %}
    )
    when not matched by source then delete
{%- endmacro %}

{#- Both adapters would merge in words of their own; both know this statement. -#}
{% macro duckdb__get_merge_sql(
    target, source, unique_key, dest_columns, incremental_predicates=none
) -%}
    {{ mirror_merge(target, source, unique_key, dest_columns) }}
{%- endmacro %}

{% macro bigquery__get_merge_sql(
    target, source, unique_key, dest_columns, incremental_predicates=none
) -%}
    {{ mirror_merge(target, source, unique_key, dest_columns) }}
{%- endmacro %}

{#-
    A table whose columns are not the contract's any more is built anew; dbt would
    stop and ask for --full-refresh.
-#}
{% macro should_full_refresh() %}
    {%- set wanted = config.get("full_refresh") -%}
    {%- if wanted is not none -%} {{ return(wanted) }} {%- endif -%}
    {%- if flags.FULL_REFRESH -%} {{ return(true) }} {%- endif -%}
    {%- if config.get("materialized") != "incremental" -%}
        {{ return(false) }}
    {%- endif -%}
    {%- set relation = load_cached_relation(this) -%}
    {%- if relation is none -%} {{ return(false) }} {%- endif -%}
    {%- set there = adapter.get_columns_in_relation(relation) | map(
        attribute="name"
    ) -%}
    {{ return(there | list != model.columns.keys() | list) }}
{% endmacro %}
