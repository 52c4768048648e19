"""MiniSom: online training, and its two errors."""

from minisom import MiniSom

from _job import Stopwatch, read_floats, run, write_floats


def online(job, matrix):
    som = MiniSom(
        job["width"],
        job["height"],
        job["cols"],
        sigma=job["sigma"],
        learning_rate=job["learningRate"],
        neighborhood_function="gaussian",
        random_seed=job["seed"],
    )
    with Stopwatch() as watch:
        som.random_weights_init(matrix)
        som.train_random(matrix, job["iterations"])
    write_floats(job["out"], som.get_weights())
    return watch.took


def errors(job, matrix):
    som = MiniSom(job["width"], job["height"], job["cols"])
    som._weights = read_floats(job["weights"], job["width"], job["height"], job["cols"])
    with Stopwatch() as watch:
        qe = som.quantization_error(matrix)
        te = som.topographic_error(matrix)
    return {**watch.took, "qe": float(qe), "te": float(te)}


run({"online": online, "errors": errors})
