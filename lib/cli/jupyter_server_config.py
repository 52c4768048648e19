"""What JupyterLab is told by `deno task lab`, whatever else its user has configured."""

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

c = get_config()  # noqa: F821 - Jupyter gives it to this file

# Nothing is asked of the network, and nothing is installed from within.
c.LabApp.check_for_updates_class = "jupyterlab.handlers.announcements.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"
c.LanguageServerManager.autodetect = False

# Only this workspace's kernel is offered.
c.KernelSpecManager.allowed_kernelspecs = {"deno"}
c.KernelSpecManager.ensure_native_kernel = False

# Ctrl-C ends the server and its kernels without asking back.
c.ServerApp.answer_yes = True

NOTEBOOKS = "notebooks/"
METADATA = {
    "kernelspec": {"display_name": "Deno", "language": "typescript", "name": "deno"},
    "language_info": {
        "file_extension": ".ts",
        "mimetype": "text/x.typescript",
        "name": "typescript",
        "nbconvert_exporter": "script",
        "pygments_lexer": "typescript",
    },
}


def store_as_source(model, path, **_):
    """Sources are stored without outputs, as `deno task check` wants them, and
    as the git diff of a change to a cell should have them: that change alone."""
    if model["type"] != "notebook" or not path.lstrip("/").startswith(NOTEBOOKS):
        return
    notebook = model["content"]
    notebook["metadata"] = {**notebook["metadata"], **METADATA}
    for cell in notebook["cells"]:
        for passing in ("trusted", "execution", "collapsed", "scrolled"):
            cell["metadata"].pop(passing, None)
        if cell["cell_type"] == "code":
            cell["outputs"] = []
            cell["execution_count"] = None


class Sources(AsyncLargeFileManager):
    def __init__(self, **options):
        super().__init__(**options)
        self.register_pre_save_hook(store_as_source)


c.ServerApp.contents_manager_class = Sources
