"""numbasom: online training by its own schedule, compiled by numba beforehand."""

import numbasom

from _job import Stopwatch, run, write_floats


def online(job, matrix):
    som = numbasom.SOM((job["width"], job["height"]))
    som.train(matrix[:10], 10)
    with Stopwatch() as watch:
        lattice = som.train(matrix, job["iterations"])
    write_floats(job["out"], lattice)
    return watch.took


run({"online": online})
