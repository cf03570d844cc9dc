"""The benchmark of threads runs, with a tiny model."""

import sys
from pathlib import Path

import pytest
from tiny_gguf import write_tiny_gguf

from evals.bench import threads


@pytest.mark.parametrize("what", [["--answer", "10"], ["--most", "300"]])
def test_a_table_has_a_row_for_each_number_of_threads(tmp_path: Path, monkeypatch, capsys, what):
    gguf = write_tiny_gguf(tmp_path / "tiny.gguf")
    given = ["--model", f"local:{gguf}", "--others", "1", "--threads", "1", "0", *what]
    monkeypatch.setattr(sys, "argv", ["threads", *given])
    threads.main()
    rows = [row.split(" | ") for row in capsys.readouterr().out.splitlines()[2:]]
    assert [row[:2] for row in rows] == [["| 1", "1"], ["| 1", "chosen"]]
    assert all(int(row[2]) > 0 for row in rows)
    assert rows[0][5].endswith("the setting `threads` says so")
