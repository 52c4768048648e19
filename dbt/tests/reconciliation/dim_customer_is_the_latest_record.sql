-- Guards the address rule: no record of the person's is of a later order than the
-- one whose address dim_customer has, and its counts are the records' own.
with
    records as (
        select
            customers.customer_unique_id,
            customers.zip_code_prefix,
            customers.city,
            customers.state,
            orders.order_id,
            orders.order_purchase_timestamp
        from {{ ref("stg_customers") }} as customers
        left join
            {{ ref("stg_orders") }} as orders
            on orders.customer_id = customers.customer_id
    ),

    summaries as (
        select
            dim_customer.customer_unique_id,
            dim_customer.first_order_at
            is distinct from min(records.order_purchase_timestamp)
            or dim_customer.last_order_at
            is distinct from max(records.order_purchase_timestamp)
            or dim_customer.count_orders != count(records.order_id) as is_wrong,
            count(
                case
                    when
                        records.zip_code_prefix = dim_customer.zip_code_prefix
                        and records.city = dim_customer.city
                        and records.state = dim_customer.state
                        and records.order_purchase_timestamp
                        is not distinct from dim_customer.last_order_at
                    then 1
                end
            ) as count_latest_records,
            dim_customer.count_addresses - count(
                distinct concat(
                    records.zip_code_prefix, '|', records.city, '|', records.state
                )
            ) as count_more_addresses
        from {{ ref("dim_customer") }} as dim_customer
        inner join
            records on records.customer_unique_id = dim_customer.customer_unique_id
        group by
            dim_customer.customer_unique_id,
            dim_customer.first_order_at,
            dim_customer.last_order_at,
            dim_customer.count_orders,
            dim_customer.count_addresses
    ),

    states as (
        select
            dim.state,
            dim.state_name != states.state_name
            or dim.region != states.region as is_wrong
        from
            (
                select state, state_name, region
                from {{ ref("dim_customer") }}
                union all
                select state, state_name, region
                from {{ ref("dim_seller") }}
                union all
                select state, state_name, region
                from {{ ref("delivery_performance_by_state") }}
            ) as dim
        inner join {{ ref("brazilian_states") }} as states on states.state = dim.state
    )

select customer_unique_id
from summaries
where is_wrong or count_latest_records = 0 or count_more_addresses != 0
union all
select state
from states
where is_wrong
