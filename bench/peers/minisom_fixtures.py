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
from minisom_cases import all_cases, read_data, train

FOLDER = Path(__file__).parents[2] / "tests" / "fixtures" / "som"


def numbers(array):
    return np.asarray(array, dtype=float).ravel().tolist()


def measures(som, data):
    """What MiniSom says of a map; None where it is not defined."""
    x, y, _ = som.get_weights().shape
    return {
        "qe": som.quantization_error(data),
        "te": None if x * y == 1 else som.topographic_error(data),
        "distortion": som.distortion_measure(data),
        **(
            {}
            if x * y == 1
            else {
                "uSum": numbers(som.distance_map()),
                "uMean": numbers(som.distance_map(scaling="mean")),
            }
        ),
        "response": numbers(som.activation_response(data)),
    }


def main():
    warnings.simplefilter("ignore")
    data = read_data(FOLDER)
    trained = []
    for case in all_cases():
        matrix = data[case["data"]]
        som = train(case, matrix)
        weights = som.get_weights()
        assert np.abs(weights).max() < 10, f"weights grew: {case}"
        trained.append({"settings": case, "weights": numbers(weights), **measures(som, matrix)})

    # A signed maximum is smallest far above the sample.
    signed = MiniSom(3, 1, 2, activation_distance="chebyshev")
    signed._weights = np.array([[[1.0, 1.0]], [[0.0, 0.5]], [[100.0, 100.0]]])
    result = {
        "trained": trained,
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
    path.write_text(json.dumps(result, separators=(",", ":"), allow_nan=False) + "\n")
    print(f"{path.name}: {len(trained)} maps, {path.stat().st_size:,} bytes")


main()
