{#-
    An expression that is true where a text has a match of a regular expression
    (RE2 in both warehouses). In a pattern with backslashes BigQuery needs is_raw:
    a string of DuckDB is raw in any case.
-#}
{% macro matches_regex(value, regex, is_raw=false, flags="") %}
    {{
        return(
            adapter.dispatch("matches_regex", "dbt_expectations")(
                value, regex, is_raw, flags
            )
        )
    }}
{% endmacro %}

{% macro default__matches_regex(value, regex, is_raw, flags) -%}
    regexp_matches({{ value }}, '{{ "(?" ~ flags ~ ")" if flags }}{{ regex }}')
{%- endmacro %}

{#- BigQuery has the function under another name, and reads escapes in strings that are not raw. -#}
{% macro bigquery__matches_regex(value, regex, is_raw, flags) -%}
    regexp_contains(
        {{ value }}, {{ "r" if is_raw }}'{{ "(?" ~ flags ~ ")" if flags }}{{ regex }}'
    )
{%- endmacro %}
