"""The doubts lead to errors: planted ones of six kinds stand where a reader begins."""

from typer.testing import CliRunner

from evals.misled import KINDS
from evals.program import app


def test_most_planted_errors_stand_in_the_first_fifth_of_what_is_shown():
    done = CliRunner().invoke(app, ["misled"])
    assert done.exit_code == 0, done.output
    assert len(KINDS) == 6
    assert all(f"\n{kind} " in f"\n{done.output}" for kind in KINDS)


def test_where_too_few_do_the_exit_code_says_so(monkeypatch):
    monkeypatch.setattr("evals.commands.misled.FLOOR", 1.01)
    done = CliRunner().invoke(app, ["misled", "--dataset", "seeds", "--count", "1"])
    assert done.exit_code == 1, done.output
