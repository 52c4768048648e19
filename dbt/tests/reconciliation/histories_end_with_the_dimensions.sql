-- Guards the snapshots: a history's versions of now are the dimension's rows, no
-- more and no fewer, column by column, and a version is dated once.
with
    differences as (
        {% for dimension, columns in [
            (
                "dim_customer",
                [
                    "customer_unique_id",
                    "zip_code_prefix",
                    "city",
                    "state",
                    "state_name",
                    "region",
                ],
            ),
            (
                "dim_product",
                [
                    "product_id",
                    "product_category_name",
                    "product_category_name_english",
                    "product_name_length",
                    "product_description_length",
                    "product_photos_qty",
                    "product_weight_g",
                    "product_length_cm",
                    "product_height_cm",
                    "product_width_cm",
                    "product_volume_cm3",
                ],
            ),
            (
                "dim_seller",
                [
                    "seller_id",
                    "zip_code_prefix",
                    "city",
                    "state",
                    "state_name",
                    "region",
                ],
            ),
            (
                "dim_geolocation",
                [
                    "zip_code_prefix",
                    "city",
                    "state",
                    "latitude",
                    "longitude",
                    "is_imputed",
                ],
            ),
        ] -%}
            {%- set of_now %}
                select {{ columns | join(", ") }}
                from {{ ref(dimension ~ "_history") }}
                where dbt_valid_to is null
            {%- endset -%}
            {%- set rows_there %}
                select {{ columns | join(", ") }} from {{ ref(dimension) }}
            {%- endset -%}
            select
                '{{ dimension }}' as dimension,
                (
                    select count(*)
                    from
                        (
                            {{ of_now }}
                            except distinct
                            {{ rows_there }}
                        ) as only_history
                ) as count_only_history,
                (
                    select count(*)
                    from
                        (
                            {{ rows_there }}
                            except distinct
                            {{ of_now }}
                        ) as only_dimension
                ) as count_only_dimension,
                (
                    select count(*)
                    from {{ ref(dimension ~ "_history") }}
                    where dbt_updated_at is distinct from dbt_valid_from
                ) as count_misdated
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    )

select dimension, count_only_history, count_only_dimension, count_misdated
from differences
where count_only_history != 0 or count_only_dimension != 0 or count_misdated != 0
