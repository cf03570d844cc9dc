"""What an author of a schema is helped by: a starter that works, and a check in plain words."""

import json
import subprocess
import sys

import pytest
from fake_model import FakeModel

from summarizer.cli.schema_advice import advice
from summarizer.config import settings
from summarizer.engine.schema import load_schema
from summarizer.pipeline import summarize

HEAD = "from typing import Literal\nfrom summarizer.fields import *\n"


def run(*arguments, at):
    command = [sys.executable, "-m", "summarizer", *map(str, arguments)]
    return subprocess.run(command, cwd=at, capture_output=True, text=True, check=False)


def test_a_starter_is_well_made_and_works(tmp_path):
    made = run("new", "budget_2024", at=tmp_path)
    assert made.returncode == 0, made.stderr
    folder = tmp_path / "budget_2024"
    assert sorted(path.name for path in folder.iterdir()) == ["sample.txt", "schema.py"]
    checked = run("schema", "check", "budget_2024/schema.py", "budget_2024/sample.txt", at=tmp_path)
    assert checked.returncode == 0, checked.stderr
    assert "nothing unwise" in checked.stdout
    assert "182.6亿元" in checked.stdout, "the request for the sample is shown"
    answer = {
        "gdp": "a 182.6亿元",
        "gdp_growth": "b 6.3%",
        "gdp_goal": "g 6.5%左右",
        "jobs": "c 3260人",
        "projects": [
            {
                "name": "石桥水库加固工程",
                "what": "加固水库",
                "state": "建成",
                "money": "e 1.2亿元",
                "done": "E 去年10月",
                "sentences": [4],
            }
        ],
    }
    fake = FakeModel(passage=[answer])
    given = settings(size="large", store="off")
    schema = str(folder / "schema.py")
    summary = summarize(folder / "sample.txt", model=fake.model, schema=schema, settings=given)
    assert summary.gdp.text == "182.6亿元"
    assert summary.gdp_goal.bound == "about"
    [project] = summary.projects
    assert (project.money.text, project.done.start) == ("1.2亿元", "2024-10-01")
    assert summary.issues == ()


@pytest.mark.parametrize("name", ["Budget", "a b", "../x", "报告", "class", "report", ""])
def test_a_name_that_is_none_is_refused(name, tmp_path):
    told = run("new", name, at=tmp_path)
    assert told.returncode == 2
    assert [*tmp_path.iterdir()] == []


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "budget").mkdir()
    (tmp_path / "budget" / "schema.py").write_text("mine")
    told = run("new", "budget", at=tmp_path)
    assert (told.returncode, (tmp_path / "budget" / "schema.py").read_text()) == (2, "mine")


UNWISE = {
    "no docstring: say what the document is": "class S(Summary):\n  gdp: Money | None = ask('总值')",
    "S.gdp has no description": "class S(Summary):\n  'x'\n  gdp: Money | None = None",
    "I.what is text without a limit": "class I(Item, key='what'):\n  'x'\n  what: str = ask('事')\n"
    "class S(Summary):\n  'x'\n  many: tuple[I, ...] = ()",
    "I has no key": "class I(Item):\n  'x'\n  what: Verbatim = ask('事')\n"
    "class S(Summary):\n  'x'\n  many: tuple[I, ...] = ()",
    "I.kind is a choice without a way out": "class I(Item, key='kind'):\n  'x'\n"
    "  kind: Literal['甲', '乙'] = ask('类')\nclass S(Summary):\n  'x'\n  many: tuple[I, ...] = ()",
}


@pytest.mark.parametrize("line", UNWISE)
def test_what_is_unwise_is_told(line, tmp_path):
    file = tmp_path / "own.py"
    file.write_text(HEAD + UNWISE[line] + "\n", encoding="utf-8")
    told = [*advice(load_schema(str(file)))]
    assert len(told) == 1
    assert line in told[0]


def test_a_field_that_cannot_be_is_refused_with_what_to_write(tmp_path):
    file = tmp_path / "own.py"
    file.write_text(HEAD + "class S(Summary):\n  'x'\n  gdp: float | None = ask('总值')\n")
    told = run("schema", "check", "own.py", at=tmp_path)
    assert told.returncode == 2
    assert "Money" in told.stderr


def test_a_schema_is_shown_as_before(tmp_path):
    shown = run("schema", "report", at=tmp_path)
    assert json.loads(shown.stdout)["title"] == "Report"
    assert "\nreport " in run("schema", at=tmp_path).stdout
