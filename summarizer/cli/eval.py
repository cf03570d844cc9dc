"""`summarizer eval …`: the harness of `evals/`, the same program as `python -m evals`."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)
FORWARDED = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


@app.command("eval", context_settings=FORWARDED)
def run(context: typer.Context) -> None:
    """Measure summaries and the quantity grammar against gold.

    \b
    Examples:
      summarizer eval run --suite grammar -o report
      summarizer eval run --suite live --model qwen3 --dataset my/folder -o report
      summarizer eval gate
    """
    program: Any = _program()
    raise typer.Exit(program.run(context.args, "summarizer eval"))


def _program() -> ModuleType:
    """`evals.program`, from inside the wheel or from beside the package in a checkout.

    There it is loaded from its place under the name it has in the wheel, so that a package
    `evals` of the user's own is neither shadowed nor taken for it.
    """
    name = "summarizer.evals"
    try:
        return import_module(f"{name}.program")
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
    from importlib.util import module_from_spec, spec_from_file_location

    from summarizer.resources import resource

    folder = resource("evals")
    spec = spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None, folder
    assert spec.loader is not None, folder
    sys.modules[name] = package = module_from_spec(spec)
    spec.loader.exec_module(package)
    return import_module(f"{name}.program")
