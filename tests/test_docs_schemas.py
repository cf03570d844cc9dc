"""The cookbook of docs/schemas.md is what ships, and its example loads and is well made."""

import re
from pathlib import Path

import pytest

from summarizer.cli import run
from summarizer.engine.schema import load_schema

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "schemas.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
SHIPPED = {"indicators": "Indicators", "bulletin": "Stat", "audit": "Problem", "policy": "Duty"}


@pytest.mark.parametrize("name", SHIPPED)
def test_the_cookbook_shows_lines_of_the_schema_that_ships(name):
    shipped = (ROOT / "schemas" / name / "schema.py").read_text(encoding="utf-8").splitlines()
    block = next(b for b in BLOCKS if b.startswith(f"class {SHIPPED[name]}(") and "import" not in b)
    assert [line for line in block.splitlines() if line and line not in shipped] == []


def test_the_example_of_the_tutorial_loads_and_nothing_in_it_is_unwise(tmp_path, capsys):
    path = tmp_path / "county.py"
    path.write_text(next(b for b in BLOCKS if "county.v1" in b), encoding="utf-8")
    assert list(load_schema(str(path)).fields) == ["gdp", "gdp_goal", "jobs"]
    assert run(["schema", "check", str(path)]) == 0
    assert "nothing unwise" in capsys.readouterr().out


def test_every_hint_and_option_of_the_page_exists():
    import inspect

    from summarizer.fields import Summary, ask

    known = {*inspect.signature(ask).parameters}
    known |= {*inspect.signature(Summary.__init_subclass__).parameters}
    for name in re.findall(r"^\| `(\w+)=", PAGE, re.MULTILINE):
        assert name in known
