"""papermill and nbclient: runs notebooks one after the other on Deno's kernel."""

import os
import time
import traceback

from _answer import Stopwatch, answer


def with_papermill(source, target):
    import papermill

    papermill.execute_notebook(
        source, target, kernel_name="deno", cwd=os.path.dirname(source), progress_bar=False
    )


def with_nbclient(source, target):
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(source, as_version=4)
    resources = {"metadata": {"path": os.path.dirname(source)}}
    NotebookClient(notebook, kernel_name="deno", resources=resources).execute()
    nbformat.write(notebook, target)


RUNNERS = {"papermill": with_papermill, "nbclient": with_nbclient}
TRIES = 3


def execute(job):
    os.environ["JUPYTER_PATH"] = job["jupyterPath"]
    run = RUNNERS[job["runner"]]
    each, repeated = [], 0
    with Stopwatch() as watch:
        for source, target in job["notebooks"]:
            for attempt in range(TRIES):
                start = time.perf_counter()
                try:
                    run(source, target)
                    break
                except Exception:
                    # Another process took one of the ports that its kernel was to listen
                    # on; no cell fails. Our side starts such a kernel again by itself.
                    if attempt == TRIES - 1:
                        raise
                    traceback.print_exc()
                    repeated += 1
            each.append(time.perf_counter() - start)
    return {**watch.took, "each": each, "repeated": repeated}


answer(execute)
