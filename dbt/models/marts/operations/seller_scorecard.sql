with
    sellers as (select * from {{ ref("dim_seller") }}),

    sales as (select * from {{ ref("fact_sales") }}),

    fulfillment as (select * from {{ ref("fact_fulfillment") }}),

    orders as (select * from {{ ref("fact_orders") }}),

    reviews as (select * from {{ ref("fact_reviews") }}),

    seller_sales as (
        select
            seller_id,
            count(*) as count_items,
            count(distinct order_id) as count_orders,
            count(
                distinct case when order_status = 'canceled' then order_id end
            ) as count_canceled,
            count(distinct product_id) as count_products,
            sum(price) as revenue,
            min(order_purchase_date_id) as first_sale_date_id,
            max(order_purchase_date_id) as last_sale_date_id
        from sales
        group by seller_id
    ),

    seller_fulfillment as (
        select
            seller_id,
            count(order_delivered_carrier_date) as count_shipped,
            count(case when shipped_late_flag then 1 end) as count_shipped_late,
            count(actual_delivery_days) as count_arrived,
            count(case when delivery_delay_flag then 1 end) as count_arrived_late
        from fulfillment
        group by seller_id
    ),

    -- a review is an order's: it counts for a seller who is the order's only one
    seller_reviews as (
        select
            orders.seller_id,
            count(*) as count_reviews,
            avg(reviews.review_score) as mean_review_score
        from reviews
        inner join orders on orders.order_id = reviews.order_id
        where orders.seller_id is not null
        group by orders.seller_id
    ),

    final as (
        select
            sellers.seller_id,
            sellers.state,
            coalesce(seller_sales.count_orders, 0) as count_orders,
            coalesce(seller_sales.count_items, 0) as count_items,
            coalesce(seller_sales.count_products, 0) as count_products,
            cast(coalesce(seller_sales.revenue, 0) as numeric(18, 2)) as revenue,
            rank() over (
                order by coalesce(seller_sales.revenue, 0) desc
            ) as revenue_rank,
            seller_sales.first_sale_date_id,
            seller_sales.last_sale_date_id,
            {{ share("seller_sales.count_canceled", "seller_sales.count_orders") }}
            as canceled_share,
            {{
                share(
                    "seller_fulfillment.count_shipped_late",
                    "seller_fulfillment.count_shipped",
                )
            }} as shipped_late_share,
            {{
                share(
                    "seller_fulfillment.count_arrived_late",
                    "seller_fulfillment.count_arrived",
                )
            }} as arrived_late_share,
            coalesce(seller_reviews.count_reviews, 0) as count_reviews,
            {{ to_double("seller_reviews.mean_review_score") }} as mean_review_score
        from sellers
        left join seller_sales on seller_sales.seller_id = sellers.seller_id
        left join seller_fulfillment on seller_fulfillment.seller_id = sellers.seller_id
        left join seller_reviews on seller_reviews.seller_id = sellers.seller_id
    )

select *
from final
