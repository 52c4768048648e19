"""The settings under which Feira's online training and MiniSom's are compared.

A case names Feira's settings (as `trainOnline` takes them) and is trained by
MiniSom with what these mean there. `few_cases` are the fixtures of tests/som
(minisom_fixtures.py), `every_combination` is the table that is measured live
(minisom_agreement_peer.py).
"""

from itertools import product
from types import SimpleNamespace
from unittest.mock import patch

import numpy as np
from minisom import MiniSom

DECAYS = {
    "asymptotic": "asymptotic_decay",
    "inverse-to-zero": "inverse_decay_to_zero",
    "linear-to-zero": "linear_decay_to_zero",
    "inverse-to-one": "inverse_decay_to_one",
    "linear-to-one": "linear_decay_to_one",
}

RATE_DECAYS = ["asymptotic", "inverse-to-zero", "linear-to-zero"]
SIGMA_DECAYS = ["asymptotic", "inverse-to-one", "linear-to-one"]
DISTANCES = ["euclidean", "cosine", "manhattan", "chebyshev"]
TOPOLOGIES = ["rectangular", "hexagonal"]

# A triangle's peak is sigma squared and a mexican hat pushes: smaller rates keep
# the weights bounded.
NEIGHBOURHOODS = {
    "gaussian": {},
    "bubble": {"sigma": 2},
    "triangle": {"sigma": 2, "learningRate": 0.2},
    "mexican-hat": {"sigma": 0.8, "learningRate": 0.05},
}


def true_chebyshev(x, w):
    """MiniSom 2.3.6 takes the signed maximum; Feira the distance."""
    return np.abs(x - w).max(axis=-1)


def oriented_eigh(matrix):
    """An eigenvector's sign is the library's choice; here its greatest component is positive."""
    values, vectors = np.linalg.eigh(matrix)
    peaks = vectors[np.argmax(np.abs(vectors), axis=0), np.arange(len(matrix))]
    return values, vectors * np.sign(peaks)


def base(**settings):
    return {
        "data": "iris",
        "width": 5,
        "height": 4,
        "sigma": 1.5,
        "learningRate": 0.4,
        "iterations": 300,
        "seed": 42,
        **settings,
    }


def few_cases():
    """Each option's values with those of the options that they work together with."""
    cases = []
    # Shapes and seeds, odd and even sides, one row of neurons, one neuron, one feature.
    for (width, height), topology, seed in product(
        [(7, 5), (6, 4), (1, 9), (9, 1), (3, 3), (1, 1)], TOPOLOGIES, [0, 7]
    ):
        cases.append(base(width=width, height=height, topology=topology, seed=seed))
    for data, topology in product(["wine", "one_column"], TOPOLOGIES):
        cases.append(base(data=data, topology=topology, init="sample"))
    # Every neighbourhood with every distance on every grid.
    for (neighbourhood, changes), distance, topology in product(
        NEIGHBOURHOODS.items(), DISTANCES, TOPOLOGIES
    ):
        cases.append(base(neighbourhood=neighbourhood, distance=distance, topology=topology, **changes))
    # Every pair of decays, on both of the engine's loops.
    for rate, sigma, topology in product(
        RATE_DECAYS,
        SIGMA_DECAYS,
        TOPOLOGIES,
    ):
        cases.append(base(learningRateDecay=rate, sigmaDecay=sigma, topology=topology, sigma=2.5))
    # Every start, order and way of counting, and fixed points.
    for init, order, use_epochs in product(["random", "sample", "pca"], ["random", "sequential"], [False, True]):
        iterations = {"iterations": 3} if use_epochs else {}
        cases.append(base(init=init, order=order, useEpochs=use_epochs, **iterations))
    for topology in TOPOLOGIES:
        cases.append(base(fixedPoints=[[0, [4, 3]], [60, [0, 0]], [149, [2, 1]]], topology=topology))
    return cases


def every_combination():
    """All values of all options with one another, on grids, seeds and data by turns."""
    grids = [(7, 5), (6, 4), (1, 9), (9, 1), (3, 3), (4, 7), (8, 8)]
    combinations = product(
        NEIGHBOURHOODS.items(),
        DISTANCES,
        TOPOLOGIES,
        RATE_DECAYS,
        SIGMA_DECAYS,
        ["random", "sample", "pca"],
        ["random", "sequential"],
        [False, True],
    )
    for seed, (kind, distance, topology, rate, sigma, init, order, use_epochs) in enumerate(combinations):
        neighbourhood, changes = kind
        width, height = grids[seed % len(grids)]
        # A plane takes two features.
        data = ["iris", "wine", "one_column"][seed % (2 if init == "pca" else 3)]
        yield base(
            data=data,
            width=width,
            height=height,
            seed=seed,
            neighbourhood=neighbourhood,
            distance=distance,
            topology=topology,
            learningRateDecay=rate,
            sigmaDecay=sigma,
            init=init,
            order=order,
            useEpochs=use_epochs,
            fixedPoints=[[3, [0, 0]], [140, [width - 1, height - 1]]] if seed % 5 == 0 else [],
            **{**changes, "iterations": 2 if use_epochs else 250},
        )


def measures(som, data):
    """What MiniSom says of a map; None where it is not defined."""
    x, y, _ = som.get_weights().shape
    several = x * y > 1
    return {
        "qe": som.quantization_error(data),
        "te": som.topographic_error(data) if several else None,
        "distortion": som.distortion_measure(data),
        "response": numbers(som.activation_response(data)),
        "uSum": numbers(som.distance_map()) if several else None,
        "uMean": numbers(som.distance_map(scaling="mean")) if several else None,
    }


def numbers(array):
    return np.asarray(array, dtype=float).ravel().tolist()


def train(case, data):
    """A MiniSom trained as a case says."""
    som = MiniSom(
        case["width"],
        case["height"],
        data.shape[1],
        sigma=case["sigma"],
        learning_rate=case["learningRate"],
        random_seed=case["seed"],
        decay_function=DECAYS[case.get("learningRateDecay", "asymptotic")],
        sigma_decay_function=DECAYS[case.get("sigmaDecay", "asymptotic")],
        neighborhood_function=case.get("neighbourhood", "gaussian").replace("-", "_"),
        activation_distance=true_chebyshev if case.get("distance") == "chebyshev" else case.get("distance", "euclidean"),
        topology=case.get("topology", "rectangular"),
    )
    init = case.get("init", "sample")
    if init == "sample":
        som.random_weights_init(data)
    elif init == "pca":
        with patch("minisom.linalg", SimpleNamespace(eigh=oriented_eigh)):
            som.pca_weights_init(data)
    som.train(
        data,
        case["iterations"],
        random_order=case.get("order", "random") == "random",
        use_epochs=case.get("useEpochs", False),
        fixed_points={row: tuple(place) for row, place in case.get("fixedPoints", [])} or None,
    )
    return som


def z_scored(data):
    return (data - data.mean(axis=0)) / data.std(axis=0)


def read_data(folder):
    """The fixtures' matrices, z-scored with ddof 0."""
    read = lambda name: np.loadtxt(folder / f"{name}.csv", delimiter=",", skiprows=1)
    iris = z_scored(read("iris"))
    return {"iris": iris, "wine": z_scored(read("wine")), "one_column": iris[:, 2:3].copy()}
