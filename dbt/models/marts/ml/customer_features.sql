with
    customers as (select * from {{ ref("dim_customer") }}),

    orders as (select * from {{ ref("fact_orders") }}),

    sales as (select * from {{ ref("fact_sales") }}),

    payments as (select * from {{ ref("fact_payments") }}),

    customer_reviews as (select * from {{ ref("int_customer_reviews") }}),

    reference as (
        {% if var("reference_date") -%}
            select cast('{{ var("reference_date") }}' as date) as reference_date
        {%- else -%}
            select cast(max(order_purchase_timestamp) as date) as reference_date
            from orders
        {%- endif %}
    ),

    order_features as (
        select
            customer_unique_id,
            max(order_purchase_timestamp) as last_purchase_at,
            count(distinct order_id) as count_orders
        from orders
        group by customer_unique_id
    ),

    sales_features as (
        select
            customer_unique_id,
            sum(price) as items_value,
            {{ mean_amount("price") }} as avg_price,
            count(*) as count_items,
            count(distinct product_id) as count_products
        from sales
        group by customer_unique_id
    ),

    payment_features as (
        select
            customer_unique_id,
            sum(payment_value) as payment_value,
            avg(payment_installments) as avg_installments
        from payments
        group by customer_unique_id
    ),

    review_features as (
        select
            customer_unique_id,
            avg(review_score) as avg_score,
            count(distinct review_id) as count_reviews
        from customer_reviews
        group by customer_unique_id
    ),

    -- a customer without items, payments or reviews has 0 there: the guide's rule
    final as (
        select
            customers.customer_unique_id,
            {% for value, feature in [
                (
                    days_between(
                        "order_features.last_purchase_at",
                        "reference.reference_date",
                    ),
                    "recency",
                ),
                ("order_features.count_orders", "frequency"),
                ("sales_features.items_value", "monetary"),
                ("order_features.count_orders", "number_of_orders"),
                ("sales_features.avg_price", "avg_order_value"),
                ("sales_features.count_items", "total_order_items"),
                ("payment_features.payment_value", "total_payment_value"),
                (
                    "payment_features.avg_installments",
                    "avg_payment_installments",
                ),
                ("review_features.avg_score", "avg_review_score"),
                ("review_features.count_reviews", "num_reviews"),
                ("sales_features.avg_price", "avg_product_category_value"),
                ("sales_features.count_products", "num_unique_products"),
            ] -%}
                {{ to_double("coalesce(" ~ value ~ ", 0)") }} as {{ feature }}
                {%- if not loop.last %},{% endif %}
            {% endfor %}
        from customers
        cross join reference
        left join order_features using (customer_unique_id)
        left join sales_features using (customer_unique_id)
        left join payment_features using (customer_unique_id)
        left join review_features using (customer_unique_id)
    )

select *
from final
