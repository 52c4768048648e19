with
    states as (select * from {{ ref("brazilian_states") }}),

    orders as (select * from {{ ref("fact_orders") }}),

    -- an order counts for the state that it went to, which the customer may have left
    deliveries as (
        select
            delivery_state,
            count(*) as count_orders,
            count(days_to_delivery) as count_arrived,
            count(case when is_delivered_late then 1 end) as count_late,
            avg(days_to_delivery) as mean_days_to_delivery,
            avg(
                case when days_to_delivery is not null then days_estimated end
            ) as mean_days_estimated,
            avg(case when is_delivered_late then days_late end) as mean_days_late,
            sum(freight_value) as freight_value,
            sum(items_value) as items_value
        from orders
        group by delivery_state
    ),

    final as (
        select
            states.state,
            states.state_name,
            states.region,
            coalesce(deliveries.count_orders, 0) as count_orders,
            coalesce(deliveries.count_arrived, 0) as count_arrived,
            coalesce(deliveries.count_late, 0) as count_late,
            {{ share("deliveries.count_late", "deliveries.count_arrived") }}
            as late_share,
            {{ to_double("deliveries.mean_days_to_delivery") }}
            as mean_days_to_delivery,
            {{ to_double("deliveries.mean_days_estimated") }} as mean_days_estimated,
            {{ to_double("deliveries.mean_days_late") }} as mean_days_late,
            {{ share("deliveries.freight_value", "deliveries.items_value") }}
            as freight_share
        from states
        left join deliveries on deliveries.delivery_state = states.state
    )

select *
from final
