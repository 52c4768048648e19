{#-
    Brazil's national holidays of fixed date, with the first year of each:
    Lei 662/1949 as Lei 10.607/2002 left it, Lei 6.802/1980, Lei 14.759/2023.
-#}
{% macro fixed_holidays() -%}
    {{
        return(
            [
                (1, 1, "New Year", 1949),
                (4, 21, "Tiradentes", 1949),
                (5, 1, "Labour Day", 1949),
                (9, 7, "Independence Day", 1949),
                (10, 12, "Our Lady of Aparecida", 1980),
                (11, 2, "All Souls", 1949),
                (11, 15, "Proclamation of the Republic", 1949),
                (11, 20, "Black Consciousness Day", 2024),
                (12, 25, "Christmas", 1949),
            ]
        )
    }}
{%- endmacro %}

{#-
    Days that move with Easter, in days from Easter Sunday. Only Good Friday is a
    holiday by law; on the others the state's offices close and so do most others.
-#}
{% macro easter_holidays() -%}
    {{
        return(
            [
                (-48, "Carnival Monday", "optional"),
                (-47, "Carnival Tuesday", "optional"),
                (-2, "Good Friday", "national"),
                (60, "Corpus Christi", "optional"),
            ]
        )
    }}
{%- endmacro %}

{#- Days of the retail year of fixed date. -#}
{% macro fixed_retail_days() -%}
    {{
        return(
            [
                (3, 15, "Consumer Day"),
                (6, 12, "Valentine's Day"),
                (10, 12, "Children's Day"),
                (12, 24, "Christmas Eve"),
            ]
        )
    }}
{%- endmacro %}

{#-
    Days of the retail year that fall on a weekday of a month: month, ISO weekday,
    which one of the month, and days from there. Black Friday is the day after the
    fourth Thursday of November, which is not always its fourth Friday.
-#}
{% macro weekday_retail_days() -%}
    {{
        return(
            [
                (5, 7, 2, 0, "Mother's Day"),
                (8, 7, 2, 0, "Father's Day"),
                (11, 4, 4, 1, "Black Friday"),
                (11, 4, 4, 4, "Cyber Monday"),
            ]
        )
    }}
{%- endmacro %}
