"""Title, place and publisher: right where gold has them, and never made up."""

from __future__ import annotations

import re

from ..scores import Reason, Score, rate
from ..text import key
from .trial import Trial

FIELDS = ("title", "place", "publisher")


def right(trial: Trial) -> list[Score]:
    """Each field that gold has: equal, or one inside the other with half of it."""
    scores = []
    for name in FIELDS:
        gold, ours = getattr(trial.gold, name), trial.view.texts.get(name, "")
        wrong = [] if _same(gold, ours) else [Reason("wrong", name, gold or "", ours or "–")]
        scores.append(rate(f"about.{name}", int(gold is not None), wrong if gold else []))
    return scores


def stated(trial: Trial) -> list[Score]:
    """Each field that is given: it stands in the source, and gold does not say there is none."""
    source, against, given = trial.source.key, [], 0
    for name in FIELDS:
        if not (ours := trial.view.texts.get(name)):
            continue
        given += 1
        if trial.case.gold and getattr(trial.gold, name) is None:
            against.append(Reason("invented", name, "none stated", ours))
        elif not all(_stands(part, source) for part in _parts(name, ours)):
            against.append(Reason("invented", name, "not in the source", ours))
    return [rate("about.stated", given, against)]


def _parts(name: str, text: str) -> list[str]:
    """What must stand in the source: a place by its levels, the rest as it is."""
    return re.findall(r"[^省市区县镇乡村]+.?", key(text)) if name == "place" else [key(text)]


def _stands(part: str, source: str) -> bool:
    """Whether a part is in the source; a level's last character may be understood (萍乡[市])."""
    return part in source or (len(part) > 2 and part[-1] in "省市区县" and part[:-1] in source)


def _same(gold: str | None, ours: str) -> bool:
    a, b = key(gold or ""), key(ours)
    short, long = sorted((a, b), key=len)
    return bool(short) and short in long and 2 * len(short) >= len(long)
