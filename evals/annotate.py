"""Gold from a marked-up text, so that nobody counts offsets by hand.

A TOML file holds `[meta]`, `text`, and a table for each item of each list that the schema has, such
as `[[measures]]` and `[[exemplars]]`, with the names of its fields; in the text stand

    [[近百人|100 人 under count|受益人数|向阳村|2020年]]
        a figure: value, units, bound, kind | label | subject (empty: the place) | period
    [[94所|^]]          a verbatim repeat of an earlier figure
    ((进一步|idiom))     a numeral that states no amount, and why

Value `15..20` is a range, bound `=` is exact, unit `元/块` accepts both, `元?` is implied, `-` is
none; a `*` after the brackets marks what a careful reader might see otherwise. Every digit and
every numeral character must be inside a mark: the annotator has looked at each.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from summarizer.errors import InputError

from .cases import NON
from .text import fold

LISTS = ("measures", "exemplars", "non_exemplars")
"""Lists that a gold always has, be they empty: the shipped schema's."""
PARTS = ("about", "text", "meta")
MARK = re.compile(r"\[\[([^\]|]+)\|([^\]]+)\]\](\*?)|\(\(([^)|]+)\|([a-z-]+)\)\)(\*?)")
NUMERALS = re.compile(r"[0-9零〇一二三四五六七八九十百千万亿两兩萬億]")


def annotate(source: Path) -> tuple[str, dict[str, Any]]:
    """The raw text and the gold of a marked-up file. Raises InputError naming what is amiss."""
    spec = tomllib.loads(source.read_text(encoding="utf-8"))
    meta = {name: value or None for name, value in spec["meta"].items()}
    text, figures, others = _marks(source, spec["text"].lstrip("\n"), meta["place"])
    gold = {
        "source": source.with_suffix(".txt").name,
        "about": spec["about"],
        "meta": meta,
        "figures": figures,
        "non_figures": others,
    }
    for name in dict.fromkeys((*LISTS, *spec)):
        entries = spec.get(name, [])
        if name.startswith(NON):
            gold[name] = [_named(entry) for entry in entries]
        elif name not in PARTS:
            gold[name] = [_item(source, text, figures, entry) for entry in entries]
    return text, gold


def write(source: Path) -> None:
    """Write the text and the gold beside the marked-up file."""
    text, gold = annotate(source)
    source.with_suffix(".txt").write_text(text, encoding="utf-8", newline="")
    source.with_suffix(".json").write_text(dump(gold), encoding="utf-8")


def dump(gold: dict[str, Any]) -> str:
    """Gold as it is committed."""
    return json.dumps(gold, ensure_ascii=False, indent=1) + "\n"


def _marks(
    source: Path, marked: str, place: str | None
) -> tuple[str, list[dict[str, Any]], list[dict[str, Any]]]:
    text, last = "", 0
    figures: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for mark in MARK.finditer(marked):
        text += _bare(source, marked[last : mark.start()])
        surface, start = mark[1] or mark[4], len(text)
        entry = {"text": surface, "start": start, "end": start + len(surface)}
        if mark[1]:
            figure = entry | _figure(source, mark[2], surface, place, figures)
            figures.append(figure | ({"borderline": True} if mark[3] else {}))
        else:
            others.append(entry | {"why": mark[5]} | ({"borderline": True} if mark[6] else {}))
        text, last = text + surface, mark.end()
    return text + _bare(source, marked[last:]), figures, others


def _bare(source: Path, text: str) -> str:
    if found := NUMERALS.search(text):
        around = text[max(0, found.start() - 8) : found.end() + 8]
        raise InputError(f"{source}: {found[0]!r} in …{around}… is inside no mark")
    return text


def _figure(
    source: Path, said: str, surface: str, place: str | None, earlier: list[dict[str, Any]]
) -> dict[str, Any]:
    if said == "^":
        first = next((i for i, f in enumerate(earlier) if f["text"] == surface), None)
        if first is None:
            raise InputError(f"{source}: {surface!r} repeats nothing")
        same = {k: v for k, v in earlier[first].items() if k not in ("text", "start", "end")}
        return same | {"dup_of": first}
    what, label, subject, period = said.split("|")
    value, units, bound, kind = what.split(" ", 3)
    low, _, high = value.partition("..")
    unit, *others = [fold(u) for u in _units(units)]
    figure: dict[str, Any] = {"value": low, "unit": unit, "kind": kind, "label": label}
    figure |= {"approx": None if bound == "=" else bound}
    figure |= {"subject": subject or place, "period": period or None, "dup_of": None}
    figure |= {"high": high} if high else {}
    figure |= {"unit_alt": others} if others else {}
    return figure | ({"unit_implied": True} if units.endswith("?") or units == "-" else {})


def _units(units: str) -> list[str]:
    """`个/人` is two units, `立方米/秒` after a `+` is one.

    >>> _units("个/人"), _units("+立方米/秒")
    (['个', '人'], ['立方米/秒'])
    """
    return [units[1:]] if units.startswith("+") else units.rstrip("?").split("/")


def _item(source: Path, text: str, figures: list[dict[str, Any]], item: Any) -> dict[str, Any]:
    """An item of any list: its name simplified, or else the figures inside its evidence."""
    if not isinstance(item, dict) or not item.get("evidence"):
        raise InputError(f"{source}: an item has no evidence: {str(item)[:60]}")
    spans = [_place(source, text, quote) for quote in item["evidence"]]
    if "name" in item:
        return _named(item)
    inside = [
        i
        for i, f in enumerate(figures)
        if any(start <= f["start"] and f["end"] <= end for start, end in spans)
    ]
    return item | {"figures": inside}


def _named(entry: dict[str, Any]) -> dict[str, Any]:
    return {"name_hans": fold(entry["name"])} | entry


def _place(source: Path, text: str, quote: str) -> tuple[int, int]:
    start = text.find(quote)
    if start < 0:
        raise InputError(f"{source}: evidence {quote!r} is not in the text")
    return start, start + len(quote)
