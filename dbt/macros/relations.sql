{#-
    On DuckDB a relation is named without its database. The database's name is
    the file's, a view keeps the text of its query, and a run builds in a copy of
    the file that is renamed afterwards: a view that held the copy's name would
    not open again.
-#}
{% macro ref() -%}
    {%- set relation = builtins.ref(*varargs, **kwargs) -%}
    {%- do return(
        relation.include(database=false)
        if target.type == "duckdb"
        else relation
    ) -%}
{%- endmacro %}

{% macro source() -%}
    {%- set relation = builtins.source(*varargs, **kwargs) -%}
    {%- do return(
        relation.include(database=false)
        if target.type == "duckdb"
        else relation
    ) -%}
{%- endmacro %}
