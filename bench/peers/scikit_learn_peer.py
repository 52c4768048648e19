"""scikit-learn: the exact silhouette; and with kneed, k-means over a range of k and the knee."""

import numpy as np
from kneed import KneeLocator
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

from _job import Stopwatch, run


def silhouette(job, matrix):
    labels = np.fromfile(job["labels"], dtype="<i4")[: job["rows"]]
    with Stopwatch() as watch:
        mean = silhouette_score(matrix, labels)
    return {**watch.took, "mean": float(mean)}


def elbow(job, matrix):
    ks = range(job["from"], job["to"] + 1)
    # The thread pool of k-means starts with its first call.
    KMeans(2, n_init=1, random_state=0).fit(matrix[:100])
    with Stopwatch() as watch:
        inertias = [
            KMeans(k, n_init=job["restarts"], random_state=job["seed"]).fit(matrix).inertia_
            for k in ks
        ]
        knee = KneeLocator(ks, inertias, curve="convex", direction="decreasing").knee
    return {
        **watch.took,
        "inertias": [float(inertia) for inertia in inertias],
        "knee": None if knee is None else int(knee),
    }


run({"silhouette": silhouette, "elbow": elbow})
