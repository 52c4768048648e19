{#-
    The emulator keeps the backslash before a quote that stands between three quotes,
    where BigQuery takes it out; there no quote needs one.
-#}
{% macro bigquery__escape_single_quotes(expression) -%}
    {{ expression if target.name == "emulator" else expression | replace("'", "\\'") }}
{%- endmacro %}
