with
    customers as (select * from {{ ref("stg_customers") }}),

    orders as (select * from {{ ref("stg_orders") }}),

    -- a customer record belongs to one order; one without an order comes last
    final as (
        select
            customers.customer_unique_id,
            customers.customer_id,
            customers.zip_code_prefix,
            customers.city,
            customers.state,
            orders.order_id,
            orders.order_purchase_timestamp,
            row_number() over (
                partition by customers.customer_unique_id
                order by
                    orders.order_purchase_timestamp is null,
                    orders.order_purchase_timestamp desc,
                    customers.customer_id
            ) as recency_place
        from customers
        left join orders on orders.customer_id = customers.customer_id
    )

select *
from final
