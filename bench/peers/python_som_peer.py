"""python-som: batch training from given weights, its numba kernel compiled beforehand."""

import python_som

from _job import Stopwatch, read_floats, run, write_floats


def batch(job, matrix):
    start, end, epochs = job["radiusStart"], job["radiusEnd"], job["epochs"]

    def radius(_, epoch, __):
        return start * (end / start) ** (epoch / max(1, epochs - 1))

    def new_map():
        som = python_som.SOM(
            x=job["width"],
            y=job["height"],
            input_len=job["cols"],
            neighborhood_radius=start,
            neighborhood_radius_decay=radius,
            # Its floor; lower than every radius, so that the schedule alone decides.
            min_neighborhood_radius=end / 2,
            random_seed=1,
        )
        som._weights = read_floats(job["start"], job["width"], job["height"], job["cols"])
        return som

    new_map().train(matrix[:100], 1, mode="batch")
    som = new_map()
    with Stopwatch() as watch:
        # What train() does but for the quantization error that it ends with.
        som._train_batch(matrix, epochs, verbose=False)
    write_floats(job["out"], som.get_weights())
    return {**watch.took, "compiled": python_som.accelerated()}


run({"batch": batch})
