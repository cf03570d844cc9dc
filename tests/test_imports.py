"""Starting is light: nothing heavy is imported before it is needed."""

import subprocess
import sys

import pytest

HEAVY = {"openai", "instructor", "pydantic", "rich.markdown", "httpx2", "xllamacpp", "pyarrow"}
HELP = """
import sys
sys.argv = ["summarizer", *{arguments}]
from summarizer.cli import main
try:
    main()
except SystemExit as stop:
    assert not stop.code, stop.code
"""


def modules_after(program: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after running `program`."""
    tell = "\nimport sys\nprint('MODULES', *sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program + tell], capture_output=True, text=True, check=True
    )
    return set(run.stdout.rpartition("MODULES ")[2].split())


def test_importing_the_package_loads_nothing_heavy():
    assert not modules_after("import summarizer") & HEAVY


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["summarize", "--help"]])
def test_help_loads_nothing_heavy(arguments):
    assert not modules_after(HELP.format(arguments=arguments)) & HEAVY


def test_finding_mentions_loads_no_model():
    program = "import summarizer; assert summarizer.find_mentions('投入500余万元')"
    assert not modules_after(program) & (HEAVY - {"pydantic"})
