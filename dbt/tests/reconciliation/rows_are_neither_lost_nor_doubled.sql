-- Guards the joins of every mart: an inner join that finds no partner loses rows,
-- one that finds two doubles them, and both leave sums that look plausible.
with
    counts as (
        {% for mart, source_table, key in [
            ("fact_sales", "order_items", "*"),
            ("fact_fulfillment", "order_items", "*"),
            ("fact_payments", "order_payments", "*"),
            ("fact_orders", "orders", "*"),
            ("fact_reviews", "order_reviews", "distinct review_id"),
            ("dim_customer", "customers", "distinct customer_unique_id"),
            (
                "customer_features",
                "customers",
                "distinct customer_unique_id",
            ),
            ("dim_product", "products", "*"),
            ("dim_seller", "sellers", "*"),
        ] -%}
            select
                '{{ mart }}' as mart,
                (select count(*) from {{ ref(mart) }}) as count_mart,
                (
                    select count({{ key }}) from {{ source("raw", source_table) }}
                ) as count_raw
            union all
        {% endfor %}
        select
            'dim_geolocation' as mart,
            (select count(*) from {{ ref("dim_geolocation") }}) as count_mart,
            (
                select count(*)
                from
                    (
                        select geolocation_zip_code_prefix
                        from {{ source("raw", "geolocation") }}
                        union distinct
                        select customer_zip_code_prefix
                        from {{ source("raw", "customers") }}
                        union distinct
                        select seller_zip_code_prefix
                        from {{ source("raw", "sellers") }}
                    ) as prefixes
            ) as count_raw
    )

select mart, count_mart, count_raw
from counts
where count_mart != count_raw
