"""The table of faults (docs/faults.md), walked: each row's test exists, runs, and states its code."""

import ast
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from summarizer import errors

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "faults.md"
COLUMNS = ["fault", "tried again", "exit", "what is said or done", "test"]
CODES = {0, 1, 2, 3, 4, 5, 130}
LEAST = 60
RAISING = {"fails": 3, "read_or_refused": 3, "archive_read_or_refused": 3}  # helpers: InputError
NOT_HERE = "needs a user without an entry in passwd"
NOT_ASKED = "read off the text, not asked"  # combinations that a test has no question for


@dataclass(frozen=True)
class Row:
    """A fault with the code that it ends with and the test that does it."""

    fault: str
    retried: str
    exit: int
    told: str
    test: str


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def rows() -> list[Row]:
    found = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| ") and cells(line) != COLUMNS:
            fault, retried, code, told, test = cells(line)
            found.append(Row(fault, retried, int(code), told, test.strip("`")))
    return found


ROWS = rows()


def functions() -> dict[str, list[tuple[Path, ast.FunctionDef]]]:
    """Every test by name, with its file."""
    found: dict[str, list[tuple[Path, ast.FunctionDef]]] = {}
    for path in sorted((ROOT / "tests").glob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found.setdefault(node.name, []).append((path, node))
    return found


TESTS = functions()


def the_test(row: Row) -> tuple[Path, ast.FunctionDef]:
    (only,) = TESTS[row.test]
    return only


def stated(function: ast.FunctionDef) -> set[int]:
    """The exit codes that a test states: compared with, given as parameters, or of its errors."""
    codes = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Compare | ast.Tuple | ast.Set):
            codes |= {
                leaf.value
                for leaf in ast.walk(node)
                if isinstance(leaf, ast.Constant) and type(leaf.value) is int
            }
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            codes |= {int(word) for word in node.value.split() if word.isdecimal()}
        if isinstance(node, ast.Name):
            kind = getattr(errors, node.id, None)
            codes.add(kind.exit_code if isinstance(kind, type) else RAISING.get(node.id, -1))
    return codes & CODES


def says_a_code(function: ast.FunctionDef) -> bool:
    """Whether a test runs a command or expects an error, so that it has a code to state."""
    called = {
        getattr(node.func, "id", getattr(node.func, "attr", ""))
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
    }
    return bool(called & {"run", "shell", "raises", "wait", *RAISING})


def test_the_table_is_long_enough_and_whole():
    assert len(ROWS) >= LEAST
    for row in ROWS:
        assert row.fault
        assert row.retried
        assert row.told
        assert row.exit in CODES
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    assert {tuple(cells(line)) for line in lines if cells(line)[0] == "fault"} == {tuple(COLUMNS)}
    assert len({row.fault for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.test)
def test_a_row_names_one_test_that_is_run(row):
    assert len(TESTS.get(row.test, ())) == 1, f"{row.test}: {len(TESTS.get(row.test, ()))} tests"
    _, function = the_test(row)
    marks = [ast.unparse(mark) for mark in function.decorator_list]
    assert not [mark for mark in marks if ".skip(" in mark or mark[-5:] == ".skip"]
    assert not [mark for mark in marks if "xfail" in mark]
    assert not [mark for mark in marks if "skipif" in mark and NOT_HERE not in mark]
    body = ast.unparse(function)
    assert "pytest.skip(" not in body or NOT_ASKED in body


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.test)
def test_a_rows_code_is_what_its_test_states(row):
    """A code other than 0 where the test runs a command or expects an error; 0 where it says any."""
    _, function = the_test(row)
    codes = stated(function)
    if says_a_code(function) and (row.exit or codes):
        assert row.exit in codes | ({0} if "raises" in ast.unparse(function) else set())


def test_every_row_is_collected():
    """What `make test` and `make slow` run holds every test that the table names."""
    nodes = sorted({f"{path}::{function.name}" for path, function in map(the_test, ROWS)})
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "-o", "addopts=", "-m", "not model", *nodes],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:]
    assert {row.test for row in ROWS} == set(re.findall(r"::(test_\w+)", done.stdout))
