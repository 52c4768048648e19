"""Makes tests/fixtures/som/minisom.json: weights and measures of MiniSom 2.3.6 under
every option (minisom_cases.py) and of scikit-learn 1.9.

    python bench/peers/minisom_fixtures.py

Numbers are stored with 17 digits, so that they are read as the same float64.
"""

import json
import warnings
from pathlib import Path

import numpy as np
from minisom import MiniSom
from minisom_cases import base, few_cases, measures, numbers, read_data, train
from sklearn.manifold import trustworthiness

FOLDER = Path(__file__).parents[2] / "tests" / "fixtures" / "som"


def on_a_ruler():
    """scikit-learn's trustworthiness, both ways round, of rows on the marks of a Golomb ruler.

    No two marks are equally far apart, so no order of ties has to be chosen.
    """
    marks = np.array([0, 2, 6, 24, 29, 40, 43, 55, 68, 75, 76, 85])
    places = np.stack([marks, np.zeros(12)], axis=1)
    data = np.random.RandomState(5).normal(size=(12, 3)) + places[:, :1] / 20
    return {
        "marks": numbers(marks),
        "data": numbers(data),
        "trustworthiness": [trustworthiness(data, places, n_neighbors=k) for k in range(1, 6)],
        "preservation": [trustworthiness(places, data, n_neighbors=k) for k in range(1, 6)],
    }


def with_ties(som, data, orders=4000):
    """The mean over random orders of rows that tie on the grid, and its standard error.

    Each row stands off by a hair along an axis of its own: that adds to its
    distance from every other row alike, so all orders of a tie are equally likely.
    """
    places = np.array([som.convert_map_to_euclidean(som.winner(row)) for row in data], dtype=float)
    random = np.random.RandomState(1)
    hairs = lambda: np.diag(np.sqrt(random.uniform(1e-8, 2e-8, size=len(data))))
    tries = [np.hstack([places, hairs()]) for _ in range(orders)]
    out = {}
    for name, values in {
        "trustworthiness": [trustworthiness(data, each, n_neighbors=5) for each in tries],
        "preservation": [trustworthiness(each, data, n_neighbors=5) for each in tries],
    }.items():
        out[name] = {"mean": np.mean(values), "standardError": np.std(values) / np.sqrt(orders)}
    return out


def to_json(result):
    """Compact, one map a line, so that a change shows which maps it changed."""
    compact = lambda value: json.dumps(value, separators=(",", ":"), allow_nan=False)
    maps = ",\n".join(compact(each) for each in result["trained"])
    rest = {name: value for name, value in result.items() if name != "trained"}
    return f'{{"trained":[\n{maps}\n],\n{compact(rest)[1:]}\n'


def main():
    warnings.simplefilter("ignore")
    data = read_data(FOLDER)
    trained = []
    for case in few_cases():
        matrix = data[case["data"]]
        som = train(case, matrix)
        weights = som.get_weights()
        assert np.abs(weights).max() < 10, f"weights grew: {case}"
        trained.append({"settings": case, "weights": numbers(weights), **measures(som, matrix)})

    # A signed maximum is smallest far above the sample.
    signed = MiniSom(3, 1, 2, activation_distance="chebyshev")
    signed._weights = np.array([[[1.0, 1.0]], [[0.0, 0.5]], [[100.0, 100.0]]])
    tied = {"settings": base(data="wine", width=6, height=4, topology="hexagonal", init="pca")}
    som = train(tied["settings"], data["wine"])
    tied |= {"weights": numbers(som.get_weights()), **with_ties(som, data["wine"])}

    result = {
        "trained": trained,
        "neighbourhoods": {"ruler": on_a_ruler(), "tied": tied},
        "signedChebyshev": {
            "weights": numbers(signed._weights),
            "sample": [0.0, 0.0],
            "winner": int(signed.winner(np.zeros(2))[0]),
        },
        "grids": [
            {"width": x, "height": y, "positions": numbers(np.stack(
                MiniSom(x, y, 1, topology="hexagonal").get_euclidean_coordinates(), axis=-1))}
            for x, y in [(3, 4), (4, 3), (1, 2), (2, 1)]
        ],
    }
    path = FOLDER / "minisom.json"
    path.write_text(to_json(result))
    print(f"{path.name}: {len(trained)} maps, {path.stat().st_size:,} bytes")


main()
