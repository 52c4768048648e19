{#- What the two warehouses spell differently about dates, one macro each. -#}
{#- yyyymmdd of a date or local datetime as an integer; null stays null. -#}
{% macro date_id(moment) -%}
    (
        extract(year from {{ moment }}) * 10000
        + extract(month from {{ moment }}) * 100
        + extract(day from {{ moment }})
    )
{%- endmacro %}

{#- Whole calendar days from one moment's date to another's; negative where it is earlier. -#}
{% macro days_between(start, end) -%}
    {{ return(adapter.dispatch("days_between")(start, end)) }}
{%- endmacro %}

{% macro default__days_between(start, end) -%}
    date_diff('day', cast({{ start }} as date), cast({{ end }} as date))
{%- endmacro %}

{% macro bigquery__days_between(start, end) -%}
    date_diff(cast({{ end }} as date), cast({{ start }} as date), day)
{%- endmacro %}

{#- Minutes from one moment to another, for durations that need more than days. -#}
{% macro minutes_between(start, end) -%}
    {{ return(adapter.dispatch("minutes_between")(start, end)) }}
{%- endmacro %}

{% macro default__minutes_between(start, end) -%}
    date_diff('minute', {{ start }}, {{ end }})
{%- endmacro %}

{% macro bigquery__minutes_between(start, end) -%}
    datetime_diff({{ end }}, {{ start }}, minute)
{%- endmacro %}

{#- A date so many days later; DuckDB's date + integer stays a date. -#}
{% macro add_days(day, count) -%}
    {{ return(adapter.dispatch("add_days")(day, count)) }}
{%- endmacro %}

{% macro default__add_days(day, count) -%}
    ({{ day }} + cast({{ count }} as integer))
{%- endmacro %}

{% macro bigquery__add_days(day, count) -%}
    date_add({{ day }}, interval ({{ count }}) day)
{%- endmacro %}

{#- The first day of a moment's month, as a date; DuckDB's date_trunc of a datetime is none. -#}
{% macro month_start(moment) -%}
    {{ return(adapter.dispatch("month_start")(moment)) }}
{%- endmacro %}

{% macro default__month_start(moment) -%}
    cast(date_trunc('month', {{ moment }}) as date)
{%- endmacro %}

{% macro bigquery__month_start(moment) -%}
    date_trunc(cast({{ moment }} as date), month)
{%- endmacro %}

{#- Month boundaries between two dates. -#}
{% macro months_between(start, end) -%}
    {{ return(adapter.dispatch("months_between")(start, end)) }}
{%- endmacro %}

{% macro default__months_between(start, end) -%}
    date_diff('month', {{ start }}, {{ end }})
{%- endmacro %}

{% macro bigquery__months_between(start, end) -%}
    date_diff({{ end }}, {{ start }}, month)
{%- endmacro %}

{#- The date of a year, a month and a day. -#}
{% macro make_date(year, month, day) -%}
    {{ return(adapter.dispatch("make_date")(year, month, day)) }}
{%- endmacro %}

{% macro default__make_date(year, month, day) -%}
    make_date({{ year }}, {{ month }}, {{ day }})
{%- endmacro %}

{% macro bigquery__make_date(year, month, day) -%}
    date({{ year }}, {{ month }}, {{ day }})
{%- endmacro %}

{#- A from-item: every date from the first to the last year's end, as column date_day. -#}
{% macro every_day(first_year, last_year) -%}
    {{ return(adapter.dispatch("every_day")(first_year, last_year)) }}
{%- endmacro %}

{% macro default__every_day(first_year, last_year) -%}
    (
        select
            cast(
                unnest(
                    generate_series(
                        make_date({{ first_year }}, 1, 1),
                        make_date({{ last_year }}, 12, 31),
                        interval 1 day
                    )
                ) as date
            ) as date_day
    )
{%- endmacro %}

{% macro bigquery__every_day(first_year, last_year) -%}
    unnest(
        generate_date_array(date({{ first_year }}, 1, 1), date({{ last_year }}, 12, 31))
    ) as date_day
{%- endmacro %}

{#- ISO 8601: Monday is 1, Sunday is 7. -#}
{% macro iso_day_of_week(day) -%}
    {{ return(adapter.dispatch("iso_day_of_week")(day)) }}
{%- endmacro %}

{% macro default__iso_day_of_week(day) -%} isodow({{ day }}) {%- endmacro %}

{% macro bigquery__iso_day_of_week(day) -%}
    (mod(extract(dayofweek from {{ day }}) + 5, 7) + 1)
{%- endmacro %}

{% macro iso_week(day) -%}
    {{ return(adapter.dispatch("iso_week")(day)) }}
{%- endmacro %}

{% macro default__iso_week(day) -%} extract(week from {{ day }}) {%- endmacro %}

{% macro bigquery__iso_week(day) -%} extract(isoweek from {{ day }}) {%- endmacro %}

{% macro iso_year(day) -%}
    {{ return(adapter.dispatch("iso_year")(day)) }}
{%- endmacro %}

{% macro default__iso_year(day) -%} extract(isoyear from {{ day }}) {%- endmacro %}

{#- DuckDB has dayofyear, BigQuery extract only. -#}
{% macro day_of_year(day) -%}
    {{ return(adapter.dispatch("day_of_year")(day)) }}
{%- endmacro %}

{% macro default__day_of_year(day) -%} extract(doy from {{ day }}) {%- endmacro %}

{% macro bigquery__day_of_year(day) -%}
    extract(dayofyear from {{ day }})
{%- endmacro %}

{% macro month_name(day) -%}
    {{ return(adapter.dispatch("month_name")(day)) }}
{%- endmacro %}

{% macro default__month_name(day) -%} monthname({{ day }}) {%- endmacro %}

{% macro bigquery__month_name(day) -%} format_date('%B', {{ day }}) {%- endmacro %}

{% macro day_name(day) -%}
    {{ return(adapter.dispatch("day_name")(day)) }}
{%- endmacro %}

{% macro default__day_name(day) -%} dayname({{ day }}) {%- endmacro %}

{% macro bigquery__day_name(day) -%} format_date('%A', {{ day }}) {%- endmacro %}

{#- order_approved_at becomes order_approved_date_id, order_purchase_timestamp order_purchase_date_id. -#}
{% macro lifecycle_date_id(moment) -%}
    {{ moment | replace("_timestamp", "") | replace("_at", "") | replace("_date", "") }}_date_id
{%- endmacro %}
