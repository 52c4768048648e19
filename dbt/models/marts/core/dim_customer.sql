with
    addresses as (select * from {{ ref("int_customer_addresses") }}),

    states as (select * from {{ ref("brazilian_states") }}),

    summaries as (
        select
            customer_unique_id,
            min(order_purchase_timestamp) as first_order_at,
            max(order_purchase_timestamp) as last_order_at,
            count(distinct order_id) as count_orders,
            count(
                distinct concat(zip_code_prefix, '|', city, '|', state)
            ) as count_addresses
        from addresses
        group by customer_unique_id
    ),

    latest as (select * from addresses where recency_place = 1),

    final as (
        select
            latest.customer_unique_id,
            latest.zip_code_prefix,
            latest.city,
            latest.state,
            states.state_name,
            states.region,
            summaries.first_order_at,
            summaries.last_order_at,
            summaries.count_orders,
            summaries.count_addresses
        from latest
        inner join summaries on summaries.customer_unique_id = latest.customer_unique_id
        left join states on states.state = latest.state
    )

select *
from final
