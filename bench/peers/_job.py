"""What every peer program shares: its job, the matrix, peak memory, one line of JSON.

A peer is started as `python NAME_peer.py JOB.json`. The job names a task of the
peer, a file of float64 numbers row after row, its shape, and the task's settings.
The answer is one line of JSON on standard output: `seconds` of the work itself,
without start-up, reading and compiling, `mb` of memory that the process had at
its peak, and what the task found.
"""

import contextlib
import json
import math
import sys
import time

import numpy as np


def run(tasks):
    """Does the job that the command line names and prints the answer."""
    with open(sys.argv[1], encoding="utf-8") as file:
        job = json.load(file)
    matrix = read_floats(job["matrix"], job["rows"], job["cols"])
    # Some peers print while they work; standard output is for the answer alone.
    with contextlib.redirect_stdout(sys.stderr):
        found = tasks[job["task"]](job, matrix)
    print(json.dumps({**found, "mb": peak_megabytes()}))


def read_floats(path, *shape):
    """The first values of a file that fill the shape: a job may take only some rows."""
    return np.fromfile(path, dtype="<f8", count=math.prod(shape)).reshape(shape)


def write_floats(path, values):
    np.ascontiguousarray(values, dtype="<f8").tofile(path)


class Stopwatch:
    """`with Stopwatch() as watch: work()`, then `watch.took`: seconds by the clock and by processors."""

    def __enter__(self):
        self._start = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_):
        seconds, cpu_seconds = time.perf_counter(), time.process_time()
        self.took = {
            "seconds": seconds - self._start[0],
            "cpuSeconds": cpu_seconds - self._start[1],
        }


def peak_megabytes():
    """The greatest resident memory of this process so far, or None where it is not told."""
    try:
        with open("/proc/self/status", encoding="ascii") as file:
            lines = dict(line.split(":", 1) for line in file)
    except OSError:
        return None
    return int(lines["VmHWM"].split()[0]) / 1024
