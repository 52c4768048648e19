"""papermill and nbclient: runs notebooks one after the other on Deno's kernel."""

import os
import time

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


def execute(job):
    os.environ["JUPYTER_PATH"] = job["jupyterPath"]
    run = RUNNERS[job["runner"]]
    each = []
    with Stopwatch() as watch:
        for source, target in job["notebooks"]:
            start = time.perf_counter()
            run(source, target)
            each.append(time.perf_counter() - start)
    return {**watch.took, "each": each}


answer(execute)
