{% snapshot dim_product_history %}

    {{
        config(
            unique_key="product_id",
            check_cols=[
                "product_category_name",
                "product_category_name_english",
                "product_name_length",
                "product_description_length",
                "product_photos_qty",
                "product_weight_g",
                "product_length_cm",
                "product_height_cm",
                "product_width_cm",
                "product_volume_cm3",
            ],
        )
    }}

    select
        product_id,
        product_category_name,
        product_category_name_english,
        product_name_length,
        product_description_length,
        product_photos_qty,
        product_weight_g,
        product_length_cm,
        product_height_cm,
        product_width_cm,
        product_volume_cm3
    from {{ ref("dim_product") }}

{% endsnapshot %}
