{#-
    Brazil's national holidays of fixed date: Lei 662/1949 as Lei 10.607/2002
    left it, and Lei 6.802/1980. Lei 14.759/2023 adds 20 November from 2024 on,
    which is after every date of the dataset and not here.
-#}
{% macro fixed_holidays() -%}
    {{
        return(
            [
                (1, 1, "New Year"),
                (4, 21, "Tiradentes"),
                (5, 1, "Labour Day"),
                (9, 7, "Independence Day"),
                (10, 12, "Our Lady of Aparecida"),
                (11, 2, "All Souls"),
                (11, 15, "Proclamation of the Republic"),
                (12, 25, "Christmas"),
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
