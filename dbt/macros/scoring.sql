{#- What assigns customers by a published model; see models/marts/ml/customer_scores.sql. -#}
{#-
    The value of the feature that a column names, null where the customer does not
    have it: lib/features/presets.ts in SQL, which a test holds it to.
-#}
{% macro feature_value(feature, customers) -%}
    case
        {{ feature }}
        {%- for name in [
            "recency",
            "frequency",
            "monetary",
            "number_of_orders",
            "avg_order_value",
            "total_order_items",
            "total_payment_value",
            "avg_payment_installments",
            "avg_review_score",
            "num_reviews",
            "avg_product_category_value",
            "num_unique_products",
        ] %}
            when '{{ name }}' then {{ customers }}.{{ name }}
        {%- endfor %}
        when 'log_monetary'
        then ln((1 + {{ customers }}.monetary))
        when 'log_items_per_order'
        then
            case
                when {{ customers }}.total_order_items > 0
                then
                    ln(
                        (
                            {{ customers }}.total_order_items
                            / nullif({{ customers }}.number_of_orders, 0)
                        )
                    )
            end
        when 'sqrt_installments'
        then
            case
                when {{ customers }}.avg_payment_installments > 0
                then sqrt({{ customers }}.avg_payment_installments)
            end
        when 'review_score'
        then
            case
                when {{ customers }}.num_reviews > 0
                then {{ customers }}.avg_review_score
            end
    end
{%- endmacro %}

{#-
    The nearest prototype of every segment to every vector of its part:
    customer_unique_id, segment_id, prototype, distance; among equally near ones the
    lowest. Vectors have customer_unique_id, part, x; prototypes have part, segment_id,
    prototype, weights. A vector meets a list, so that no pair of them is ever a row.
-#}
{% macro nearest_of_each_segment(vectors, prototypes) -%}
    {{ return(adapter.dispatch("nearest_of_each_segment")(vectors, prototypes)) }}
{%- endmacro %}

{% macro default__nearest_of_each_segment(vectors, prototypes) -%}
    select
        customer_unique_id,
        segment_id,
        numbers[list_position(distances, list_min(distances))] as prototype,
        list_min(distances) as distance
    from
        (
            select
                v.customer_unique_id,
                lists.segment_id,
                lists.numbers,
                list_transform(
                    lists.weights, lambda w:list_distance(v.x, w)
                ) as distances
            from {{ vectors }} as v
            inner join
                (
                    select
                        part,
                        segment_id,
                        list(prototype order by prototype) as numbers,
                        list(weights order by prototype) as weights
                    from {{ prototypes }}
                    group by part, segment_id
                ) as lists
                on lists.part = v.part
        ) as compared
{%- endmacro %}

{#- Places that a vector does not have are 0 on both sides and add nothing. -#}
{% macro bigquery__nearest_of_each_segment(vectors, prototypes) -%}
    select
        nearest.customer_unique_id,
        p.segment_id,
        p.prototype,
        sqrt({{ squared_distance("nearest.x", "p.weights") }}) as distance
    from
        (
            select
                v.customer_unique_id,
                v.part,
                v.x,
                (
                    select c.prototype
                    from unnest(lists.prototypes) as c
                    order by {{ squared_distance("v.x", "c.weights") }}, c.prototype
                    limit 1
                ) as prototype
            from {{ vectors }} as v
            inner join
                (
                    select
                        part,
                        segment_id,
                        array_agg(
                            struct(prototype as prototype, weights as weights)
                        ) as prototypes
                    from {{ prototypes }}
                    group by part, segment_id
                ) as lists
                on lists.part = v.part
        ) as nearest
    inner join
        {{ prototypes }} as p
        on p.part = nearest.part
        and p.prototype = nearest.prototype
{%- endmacro %}

{#- Of BigQuery, in the order of the features, so that rounding is everywhere the same. -#}
{% macro squared_distance(a, b) -%}
    {%- for place in range(12) -%}
        pow(
            ifnull({{ a }} [safe_offset({{ place }})], 0)
            - ifnull({{ b }} [safe_offset({{ place }})], 0),
            2
        )
        {%- if not loop.last %} + {% endif %}
    {%- endfor -%}
{%- endmacro %}

{#- The nearest segment of each customer, and how much farther the next one is, 0..1. -#}
{% macro nearest_with_margin(nearest) -%}
    select
        customer_unique_id,
        segment_id,
        prototype,
        distance,
        case
            when next_distance is null
            then 1
            when next_distance = 0
            then 0
            else 1 - distance / next_distance
        end as margin
    from
        (
            select
                n.*,
                row_number() over (
                    partition by customer_unique_id order by distance, prototype
                ) as place,
                lead(distance) over (
                    partition by customer_unique_id order by distance, prototype
                ) as next_distance
            from {{ nearest }} as n
        ) as ranked
    where place = 1
{%- endmacro %}
