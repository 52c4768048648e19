-- Guards the tables that people read first: whatever is counted by month, state,
-- type or seller adds up to the facts that it was counted from.
with
    counts as (
        {% for table, value, fact, fact_value in [
            ("monthly_revenue", "count_orders", "fact_orders", "1"),
            ("monthly_revenue", "count_items", "fact_sales", "1"),
            (
                "monthly_revenue",
                "count_new_customers",
                "dim_customer",
                "case when first_order_at is not null then 1 end",
            ),
            (
                "monthly_revenue",
                "recognized_revenue",
                "fact_sales",
                "case when recognized_revenue then price end",
            ),
            (
                "cohort_retention",
                "case when months_since_first = 0 then count_customers end",
                "dim_customer",
                "case when first_order_at is not null then 1 end",
            ),
            (
                "cohort_retention",
                "count_active",
                "monthly_revenue",
                "count_customers",
            ),
            (
                "delivery_performance_by_state",
                "count_orders",
                "fact_orders",
                "1",
            ),
            (
                "delivery_performance_by_state",
                "count_arrived",
                "fact_orders",
                "case when order_delivered_customer_date is not null then 1 end",
            ),
            (
                "delivery_performance_by_state",
                "count_late",
                "fact_orders",
                "case when is_delivered_late then 1 end",
            ),
            (
                "delivery_performance_by_state",
                "round(mean_days_to_delivery * count_arrived)",
                "fact_orders",
                "days_to_delivery",
            ),
            (
                "delivery_performance_by_state",
                "round(mean_days_late * count_late)",
                "fact_orders",
                "case when is_delivered_late then days_late end",
            ),
            ("seller_scorecard", "count_items", "fact_sales", "1"),
            (
                "seller_scorecard",
                "count_reviews",
                "fact_reviews",
                "case when order_id in (select order_id from "
                ~ ref("fact_orders")
                ~ " where seller_id is not null) then 1 end",
            ),
            ("payment_mix", "count_payments", "fact_payments", "1"),
            (
                "payment_mix",
                "round(mean_installments * count_payments)",
                "fact_payments",
                "payment_installments",
            ),
            ("review_health", "count_reviews", "fact_reviews", "1"),
            (
                "review_health",
                "count_positive",
                "fact_reviews",
                "case when is_positive then 1 end",
            ),
            (
                "review_health",
                "count_negative",
                "fact_reviews",
                "case when is_negative then 1 end",
            ),
            (
                "review_health",
                "round(mean_score * count_reviews)",
                "fact_reviews",
                "review_score",
            ),
            (
                "review_health",
                "round(mean_score_late * count_late)",
                "fact_reviews",
                "case when order_id in (select order_id from "
                ~ ref("fact_orders")
                ~ " where is_delivered_late) then review_score end",
            ),
            (
                "review_health",
                "round(comment_share * count_reviews)",
                "fact_reviews",
                "case when has_comment then 1 end",
            ),
        ] -%}
            select
                '{{ table }}' as table_name,
                '{{ value }}' as value_name,
                (
                    select coalesce(sum({{ value }}), 0) from {{ ref(table) }}
                ) as sum_table,
                (
                    select coalesce(sum({{ fact_value }}), 0) from {{ ref(fact) }}
                ) as sum_fact
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    )

select table_name, value_name, sum_table, sum_fact
from counts
where abs(sum_table - sum_fact) >= 0.005
