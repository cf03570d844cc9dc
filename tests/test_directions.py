"""Which way a number moved, by the words of its clause and its own sign."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.zh.directions import direction, is_denied

CASES = (Path(__file__).parent / "data" / "directions.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", [line for line in CASES if line[:1] != "#"])
def test_the_direction_of_a_number(line):
    before, number, told = (part.strip() for part in line.split("|"))
    found = direction(before, "", number)
    signs = {1: "+", -1: "-"}
    assert (f"{signs[found.sign]} {found.words}" if found else "") == told


@pytest.mark.parametrize(
    ("before", "denied"), [("没有下降", True), ("尚未增长", True), ("下降", False), ("没有", False)]
)
def test_a_direction_that_is_denied(before, denied):
    assert is_denied(before) == denied
