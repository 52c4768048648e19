"""The settings under which Feira's online training and MiniSom's are compared.

A case names Feira's settings (as `trainOnline` takes them) and is trained by
MiniSom with what these mean there. One list serves the fixtures of tests/som
(minisom_fixtures.py) and the table that is measured live (minisom_agreement.py).
"""

from itertools import product

import numpy as np
from minisom import MiniSom

DECAYS = {
    "asymptotic": "asymptotic_decay",
    "inverse-to-zero": "inverse_decay_to_zero",
    "linear-to-zero": "linear_decay_to_zero",
    "inverse-to-one": "inverse_decay_to_one",
    "linear-to-one": "linear_decay_to_one",
}


def true_chebyshev(x, w):
    """MiniSom 2.3.6 takes the signed maximum; Feira the distance."""
    return np.abs(x - w).max(axis=-1)


def orient(weights):
    """Mirrors a PCA sheet so that each direction's greatest component is positive."""
    along = weights[-1, 0] - weights[0, 0]
    if along[np.argmax(np.abs(along))] < 0:
        weights = weights[::-1]
    across = weights[0, -1] - weights[0, 0]
    if across[np.argmax(np.abs(across))] < 0:
        weights = weights[:, ::-1]
    return weights.copy()


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


def all_cases():
    """Each option against the others that it could disturb; every value occurs with every other kind's."""
    cases = []
    # Shapes and seeds, odd and even sides, one row of neurons, one neuron, one feature.
    for (width, height), topology, seed in product(
        [(7, 5), (6, 4), (1, 9), (9, 1), (3, 3), (1, 1)], ["rectangular", "hexagonal"], [0, 7]
    ):
        cases.append(base(width=width, height=height, topology=topology, seed=seed))
    for data, topology in product(["wine", "one_column"], ["rectangular", "hexagonal"]):
        cases.append(base(data=data, topology=topology, init="sample"))
    # Every neighbourhood with every distance on every grid. A triangle's peak is sigma
    # squared and a mexican hat pushes: smaller rates keep the weights bounded.
    gentle = {
        "gaussian": {},
        "bubble": {"sigma": 2},
        "triangle": {"sigma": 2, "learningRate": 0.2},
        "mexican-hat": {"sigma": 0.8, "learningRate": 0.05},
    }
    for (neighbourhood, changes), distance, topology in product(
        gentle.items(), ["euclidean", "cosine", "manhattan", "chebyshev"], ["rectangular", "hexagonal"]
    ):
        cases.append(base(neighbourhood=neighbourhood, distance=distance, topology=topology, **changes))
    # Every pair of decays, on both of the engine's loops.
    for rate, sigma, topology in product(
        ["asymptotic", "inverse-to-zero", "linear-to-zero"],
        ["asymptotic", "inverse-to-one", "linear-to-one"],
        ["rectangular", "hexagonal"],
    ):
        cases.append(base(learningRateDecay=rate, sigmaDecay=sigma, topology=topology, sigma=2.5))
    # Every start, order and way of counting, and fixed points.
    for init, order, use_epochs in product(["random", "sample", "pca"], ["random", "sequential"], [False, True]):
        iterations = {"iterations": 3} if use_epochs else {}
        cases.append(base(init=init, order=order, useEpochs=use_epochs, **iterations))
    for topology in ["rectangular", "hexagonal"]:
        cases.append(base(fixedPoints=[[0, [4, 3]], [60, [0, 0]], [149, [2, 1]]], topology=topology))
    return cases


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
        som.pca_weights_init(data)
        som._weights = orient(som._weights)
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
