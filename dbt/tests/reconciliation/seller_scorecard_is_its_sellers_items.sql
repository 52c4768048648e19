-- Guards the scorecard's dates and shares, seller by seller, from the items: sums
-- over all sellers would not see two columns that have changed places.
with
    items as (
        select
            sales.seller_id,
            min(sales.order_purchase_date_id) as first_sale_date_id,
            max(sales.order_purchase_date_id) as last_sale_date_id,
            count(distinct sales.order_id) as count_orders,
            count(
                distinct case
                    when sales.order_status = 'canceled' then sales.order_id
                end
            ) as count_canceled,
            count(fulfillment.order_delivered_carrier_date) as count_shipped,
            count(
                case when fulfillment.shipped_late_flag then 1 end
            ) as count_shipped_late,
            count(fulfillment.order_delivered_customer_date) as count_arrived,
            count(case when fulfillment.delivery_delay_flag then 1 end) as count_late
        from {{ ref("fact_sales") }} as sales
        inner join
            {{ ref("fact_fulfillment") }} as fulfillment
            on fulfillment.order_id = sales.order_id
            and fulfillment.order_item_id = sales.order_item_id
        group by sales.seller_id
    )

select scorecard.seller_id
from {{ ref("seller_scorecard") }} as scorecard
left join items on items.seller_id = scorecard.seller_id
where
    scorecard.first_sale_date_id is distinct from items.first_sale_date_id
    or scorecard.last_sale_date_id is distinct from items.last_sale_date_id
    or scorecard.count_orders != coalesce(items.count_orders, 0)
    {% for part, whole, part_share in [
        ("count_canceled", "count_orders", "canceled_share"),
        ("count_shipped_late", "count_shipped", "shipped_late_share"),
        ("count_late", "count_arrived", "arrived_late_share"),
    ] -%}
        or (scorecard.{{ part_share }} is null) != (coalesce(items.{{ whole }}, 0) = 0)
        or abs(scorecard.{{ part_share }} * items.{{ whole }} - items.{{ part }})
        > 0.000001
    {% endfor %}
