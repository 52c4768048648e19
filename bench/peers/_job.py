"""What the peers of the map engine share besides: the matrix that a job works on.

The job names a file of float64 numbers row after row, and its shape. `seconds` of
the answer are without start-up, reading and compiling.
"""

import math

import numpy as np

from _answer import Stopwatch, answer, peak_megabytes

__all__ = ["Stopwatch", "peak_megabytes", "read_floats", "run", "write_floats"]


def run(tasks):
    """Does the job that the command line names and prints the answer."""
    answer(lambda job: tasks[job["task"]](job, read_matrix(job)))


def read_matrix(job):
    return read_floats(job["matrix"], job["rows"], job["cols"])


def read_floats(path, *shape):
    """The first values of a file that fill the shape: a job may take only some rows."""
    return np.fromfile(path, dtype="<f8", count=math.prod(shape)).reshape(shape)


def write_floats(path, values):
    np.ascontiguousarray(values, dtype="<f8").tofile(path)
