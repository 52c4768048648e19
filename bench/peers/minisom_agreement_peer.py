"""MiniSom under every combination of its options, for Feira's maps to be held against.

The job names the folder with the data (tests/fixtures/som), and where to write
the z-scored matrices and, a line of JSON each, the maps.
"""

import json
import sys
import warnings
from pathlib import Path

from _job import Stopwatch, peak_megabytes, write_floats
from minisom_cases import every_combination, measures, numbers, read_data, train

# Measuring takes longer than training. Prime to the number of values of every option,
# and to the turns of grids and data, so that all of them are measured.
MEASURED_EVERY = 11


def main():
    warnings.simplefilter("ignore")
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    data = read_data(Path(job["data"]))
    shapes = {name: matrix.shape for name, matrix in data.items()}
    for name, matrix in data.items():
        write_floats(Path(job["out"]) / f"{name}.bin", matrix)
    with Stopwatch() as watch, open(Path(job["out"]) / "maps.jsonl", "w", encoding="utf-8") as file:
        for at, case in enumerate(every_combination()):
            som = train(case, data[case["data"]])
            measured = measures(som, data[case["data"]]) if at % MEASURED_EVERY == 0 else {}
            found = {"settings": case, "weights": numbers(som.get_weights()), **measured}
            file.write(json.dumps(found, allow_nan=False) + "\n")
    print(json.dumps({**watch.took, "mb": peak_megabytes(), "shapes": shapes}))


main()
