"""Makes tests/fixtures/cluster/figures.json: what scikit-learn, scipy and kneed say of clusterings.

Run in an environment with scikit-learn 1.9, scipy 1.17 and kneed 0.9:

    python bench/peers/sklearn_fixtures.py
"""

import json
import warnings
from pathlib import Path

import numpy as np
from kneed import DataGenerator, KneeLocator
from scipy.stats import norm
from sklearn.cluster import KMeans
from sklearn.metrics import (
    adjusted_rand_score,
    calinski_harabasz_score,
    davies_bouldin_score,
    silhouette_samples,
    silhouette_score,
)

OUT = Path(__file__).parents[2] / "tests" / "fixtures" / "cluster" / "figures.json"


def measured(data, labels):
    data = np.asarray(data, dtype=float)
    return {
        "rows": data.shape[0],
        "cols": data.shape[1],
        "data": data.ravel().tolist(),
        "labels": [int(label) for label in labels],
        "silhouette": silhouette_score(data, labels),
        "values": silhouette_samples(data, labels).tolist(),
        "davies_bouldin": davies_bouldin_score(data, labels),
        "calinski_harabasz": calinski_harabasz_score(data, labels),
    }


def blobs(random, rows, cols, k, *, spread=1.0, offset=0.0):
    centres = random.normal(size=(k, cols)) * 3
    labels = np.concatenate([np.arange(k), random.randint(k, size=rows - k)])
    data = (centres[labels] + random.normal(size=(rows, cols)) * spread + offset).round(6)
    return data, labels


def measures():
    random = np.random.RandomState(4)
    out = {}
    for rows, cols, k in [(7, 1, 2), (40, 2, 3), (97, 5, 4), (130, 12, 3), (60, 17, 9)]:
        out[f"{rows} x {cols} in {k}"] = measured(*blobs(random, rows, cols, k))
    out["labels by chance"] = measured(random.normal(size=(50, 3)).round(6), random.randint(4, size=50))
    out["clusters of one row"] = measured(random.normal(size=(9, 2)).round(6), [0, 1, 2, 3, 3, 3, 4, 4, 4])
    out["many duplicates"] = measured(random.randint(3, size=(60, 3)), random.randint(3, size=60))
    equal_columns = random.normal(size=(30, 2)).round(6)[:, [0, 1, 0, 0, 1]]
    out["equal columns"] = measured(equal_columns, random.randint(3, size=30))
    out["constant columns"] = measured(np.c_[random.normal(size=20).round(6), np.full(20, 7.0)], [0, 1] * 10)
    out["all rows the same"] = measured(np.full((6, 2), 0.5), [0, 0, 0, 1, 1, 1])
    out["clusters of equal rows"] = measured([[0.5], [0.5], [2], [2], [9], [9]], [0, 0, 1, 1, 2, 2])
    out["shared centroid of all"] = measured([[-1], [1], [-2], [2]], [0, 0, 1, 1])
    out["shared centroid of two"] = measured([[-1], [1], [-2], [2], [9], [11]], [0, 0, 1, 1, 2, 2])
    out["far from the origin"] = measured(*blobs(random, 40, 3, 3, offset=4096))
    return out


def rands():
    random = np.random.RandomState(5)
    out = []
    for rows, k in [(2, 2), (10, 3), (50, 4), (200, 9), (200, 2)]:
        a = random.randint(k, size=rows)
        b = np.where(random.random_sample(rows) < 0.6, a, random.randint(k + 1, size=rows))
        out.append({"a": a.tolist(), "b": b.tolist(), "adjusted_rand": adjusted_rand_score(a, b)})
    return out


def k_means():
    """Well enough parted that the best of ten starts is the best of all."""
    random = np.random.RandomState(6)
    out = []
    for rows, cols, k in [(60, 2, 3), (120, 4, 5), (200, 12, 4)]:
        data, _ = blobs(random, rows, cols, k, spread=0.5)
        data = data.round(3)
        fit = KMeans(k, n_init=10, random_state=0, tol=0, max_iter=1000).fit(data)
        out.append({
            "rows": rows,
            "cols": cols,
            "k": k,
            "data": data.ravel().tolist(),
            "labels": fit.labels_.tolist(),
            "inertia": fit.inertia_,
        })
    return out


def knee(xs, ys, curve, direction, **options):
    settings = {"S": 1.0, "interp_method": "interp1d", "polynomial_degree": 7, **options}
    first = KneeLocator(xs, ys, curve=curve, direction=direction, **settings)
    online = KneeLocator(xs, ys, curve=curve, direction=direction, online=True, **settings)
    return {
        "xs": [float(x) for x in xs],
        "ys": [float(y) for y in ys],
        "curve": curve,
        "direction": direction,
        **settings,
        "knee": None if first.knee is None else float(first.knee),
        "knee_y": None if first.knee_y is None else float(first.knee_y),
        "online": None if online.knee is None else float(online.knee),
        "all": [float(x) for x in online.all_knees],
    }


def published():
    """The curves of kneed's documentation and tests, with its own settings."""
    make = DataGenerator
    bumpy = make.bumpy()
    gaussian = make.noisy_gaussian(mu=50, sigma=10, N=300, seed=42)
    flat = [
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17],
        [1, 0.787701317715959, 0.7437774524158126, 0.6559297218155198, 0.5065885797950219,
         0.36749633967789164, 0.2547584187408492, 0.16251830161054173, 0.10395314787701318,
         0.06734992679355783, 0.043923865300146414, 0.027818448023426062, 0.01903367496339678,
         0.013177159590043924, 0.010248901903367497, 0.007320644216691069, 0.005856515373352855],
    ]
    out = {
        "figure 2": knee(*make.figure2(), "concave", "increasing"),
        "figure 2 by a polynomial": knee(*make.figure2(), "concave", "increasing", interp_method="polynomial"),
        "noisy gaussian": knee(*gaussian, "concave", "increasing"),
        "noisy gaussian by a polynomial": knee(
            *gaussian, "concave", "increasing", interp_method="polynomial", polynomial_degree=11
        ),
        "concave increasing": knee(*make.concave_increasing(), "concave", "increasing"),
        "concave decreasing": knee(*make.concave_decreasing(), "concave", "decreasing"),
        "convex increasing": knee(*make.convex_increasing(), "convex", "increasing"),
        "convex decreasing": knee(*make.convex_decreasing(), "convex", "decreasing"),
        "straight": knee(range(10), range(10), "concave", "increasing"),
        "level": knee(range(5), [3.0] * 5, "convex", "decreasing"),
        "uneven": knee([1, 2, 4, 8, 16, 32], [90, 45, 22, 12, 10, 9], "convex", "decreasing"),
        "two points": knee([1, 2], [2, 1], "convex", "decreasing"),
        "bumpy by a polynomial": knee(*bumpy, "convex", "decreasing", interp_method="polynomial"),
        "flat": knee(*flat, "convex", "decreasing"),
    }
    for sensitivity in [1, 3, 5, 10, 100, 200, 400]:
        out[f"bumpy, S {sensitivity}"] = knee(*bumpy, "convex", "decreasing", S=sensitivity)
        out[f"flat, S {sensitivity}"] = knee(*flat, "convex", "decreasing", S=sensitivity)
    return out


def random_curves():
    random = np.random.RandomState(7)
    out = []
    for i in range(240):
        count = int(random.choice([2, 3, 4, 5, 8, 9, 10, 17, 30]))
        xs = np.arange(2, 2 + count) if i % 4 < 2 else np.cumsum(random.randint(1, 5, count))
        ys = [
            random.randint(0, 6, count),
            np.sort(random.exponential(size=count))[::-1].cumsum()[::-1].round(4),
            np.cumsum(random.randint(0, 4, count)),
            (np.log(xs + 1) + random.normal(size=count) * 0.05).round(4),
        ][i % 4]
        options = {"S": float(random.choice([0, 0.5, 1, 2, 5]))}
        if i % 5 == 0 and count > 8 and options["S"] > 0:
            options |= {"interp_method": "polynomial", "polynomial_degree": int(random.choice([2, 3, 5, 7]))}
        curve = ("convex", "concave")[random.randint(2)]
        direction = ("increasing", "decreasing")[random.randint(2)]
        out.append(knee(xs, ys, curve, direction, **options))
    return out


def main():
    warnings.simplefilter("ignore")
    result = {
        "measures": measures(),
        "rands": rands(),
        "k_means": k_means(),
        "published_knees": published(),
        "random_knees": random_curves(),
        "normal_quantiles": [[p, float(norm.ppf(p))] for p in [1e-300, 1e-9, 0.001, 0.025, 0.3, 0.5, 0.6, 0.975, 0.9999]],
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(result, indent=None, allow_nan=False, separators=(",", ":")) + "\n")


main()
