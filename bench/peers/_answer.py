"""What every peer program shares: its job, time, peak memory, one line of JSON.

A peer is started as `python NAME_peer.py JOB.json`. The job names a task of the
peer and the task's settings. The answer is one line of JSON on standard output:
`seconds` of the work itself, `mb` of memory that the process had at its peak, and
what the task found.
"""

import contextlib
import json
import sys
import time


def answer(do):
    """Has the job done that the command line names, by `do(job)`, and prints what it found."""
    with open(sys.argv[1], encoding="utf-8") as file:
        job = json.load(file)
    # Some peers print while they work; standard output is for the answer alone.
    with contextlib.redirect_stdout(sys.stderr):
        found = do(job)
    print(json.dumps({**found, "mb": peak_megabytes()}))


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
