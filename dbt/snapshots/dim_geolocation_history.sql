{% snapshot dim_geolocation_history %}

    {{
        config(
            unique_key="zip_code_prefix",
            check_cols=["city", "state", "latitude", "longitude", "is_imputed"],
        )
    }}

    select zip_code_prefix, city, state, latitude, longitude, is_imputed
    from {{ ref("dim_geolocation") }}

{% endsnapshot %}
