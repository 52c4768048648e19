-- Guards the money: what customers paid in the raw tables is what every mart adds
-- up to. Money is decimal in the marts and so equal; the features are floating
-- point and may differ by less than half a cent.
with
    sums as (
        {% for mart, value, source_table, raw_value in [
            ("fact_sales", "price", "order_items", "price"),
            ("fact_sales", "freight_value", "order_items", "freight_value"),
            (
                "fact_orders",
                "order_value",
                "order_items",
                "price + freight_value",
            ),
            (
                "fact_payments",
                "payment_value",
                "order_payments",
                "payment_value",
            ),
            ("monthly_revenue", "revenue", "order_items", "price"),
            (
                "monthly_revenue",
                "freight_value",
                "order_items",
                "freight_value",
            ),
            ("cohort_retention", "revenue", "order_items", "price"),
            ("seller_scorecard", "revenue", "order_items", "price"),
            (
                "payment_mix",
                "payment_value",
                "order_payments",
                "payment_value",
            ),
            ("customer_features", "monetary", "order_items", "price"),
            (
                "customer_features",
                "total_payment_value",
                "order_payments",
                "payment_value",
            ),
        ] -%}
            select
                '{{ mart }}' as mart,
                '{{ value }}' as value_name,
                (select coalesce(sum({{ value }}), 0) from {{ ref(mart) }}) as sum_mart,
                (
                    select coalesce(sum({{ raw_value }}), 0)
                    from {{ source("raw", source_table) }}
                ) as sum_raw
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    )

select mart, value_name, sum_mart, sum_raw
from sums
where abs(sum_mart - sum_raw) >= 0.005
