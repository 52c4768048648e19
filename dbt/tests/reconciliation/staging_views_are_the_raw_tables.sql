-- Guards the renaming: every value of a raw table is in its staging view under the
-- name that it should have there, and nothing else is.
{% set renamed = {
    "customers": {
        "customer_zip_code_prefix": "zip_code_prefix",
        "customer_city": "city",
        "customer_state": "state",
    },
    "sellers": {
        "seller_zip_code_prefix": "zip_code_prefix",
        "seller_city": "city",
        "seller_state": "state",
    },
    "products": {
        "product_name_lenght": "product_name_length",
        "product_description_lenght": "product_description_length",
    },
    "geolocation": {
        "geolocation_zip_code_prefix": "zip_code_prefix",
        "geolocation_lat": "latitude",
        "geolocation_lng": "longitude",
        "geolocation_city": "city",
        "geolocation_state": "state",
    },
} %}

with
    differences as (
        {% for table, columns in [
            (
                "customers",
                [
                    "customer_id",
                    "customer_unique_id",
                    "customer_zip_code_prefix",
                    "customer_city",
                    "customer_state",
                    "load_timestamp",
                ],
            ),
            (
                "sellers",
                [
                    "seller_id",
                    "seller_zip_code_prefix",
                    "seller_city",
                    "seller_state",
                    "load_timestamp",
                ],
            ),
            (
                "products",
                [
                    "product_id",
                    "product_category_name",
                    "product_name_lenght",
                    "product_description_lenght",
                    "product_photos_qty",
                    "product_weight_g",
                    "product_length_cm",
                    "product_height_cm",
                    "product_width_cm",
                    "load_timestamp",
                ],
            ),
            (
                "orders",
                [
                    "order_id",
                    "customer_id",
                    "order_status",
                    "order_purchase_timestamp",
                    "order_approved_at",
                    "order_delivered_carrier_date",
                    "order_delivered_customer_date",
                    "order_estimated_delivery_date",
                    "load_timestamp",
                ],
            ),
            (
                "order_items",
                [
                    "order_id",
                    "order_item_id",
                    "product_id",
                    "seller_id",
                    "shipping_limit_date",
                    "price",
                    "freight_value",
                    "load_timestamp",
                ],
            ),
            (
                "order_payments",
                [
                    "order_id",
                    "payment_sequential",
                    "payment_type",
                    "payment_installments",
                    "payment_value",
                    "load_timestamp",
                ],
            ),
            (
                "order_reviews",
                [
                    "review_id",
                    "order_id",
                    "review_score",
                    "review_comment_title",
                    "review_comment_message",
                    "review_creation_date",
                    "review_answer_timestamp",
                    "load_timestamp",
                ],
            ),
            (
                "geolocation",
                [
                    "geolocation_zip_code_prefix",
                    "geolocation_lat",
                    "geolocation_lng",
                    "geolocation_city",
                    "geolocation_state",
                    "load_timestamp",
                ],
            ),
            (
                "product_category_name_translation",
                [
                    "product_category_name",
                    "product_category_name_english",
                    "load_timestamp",
                ],
            ),
        ] -%}
            {%- set names = [] -%}
            {%- for column in columns -%}
                {%- do names.append(renamed.get(table, {}).get(column, column)) -%}
            {%- endfor -%}
            {%- set raw %}
                select {{ columns | join(", ") }} from {{ source("raw", table) }}
            {%- endset -%}
            {%- set staged %}
                select {{ names | join(", ") }} from {{ ref("stg_" ~ table) }}
            {%- endset -%}
            select
                '{{ table }}' as table_name,
                (
                    select count(*)
                    from
                        (
                            {{ raw }}
                            except distinct
                            {{ staged }}
                        ) as missing
                ) as count_missing,
                (
                    select count(*)
                    from
                        (
                            {{ staged }}
                            except distinct
                            {{ raw }}
                        ) as invented
                ) as count_invented,
                (select count(*) from ({{ staged }}) as staged)
                - (select count(*) from ({{ raw }}) as raw) as count_more
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    )

select table_name, count_missing, count_invented, count_more
from differences
where count_missing != 0 or count_invented != 0 or count_more != 0
