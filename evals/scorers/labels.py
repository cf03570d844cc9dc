"""Whether labels say what gold's say. Verbatim repeats of a figure are scored once.

`half` is generous (a bag of characters, half of gold's); `alike` also wants order and length;
`own` asks whether the label fits its own figure better than a neighbour's: a slip by one fails it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..cases import GoldFigure
from ..match import Place
from ..scores import Reason, Score, rate
from ..text import fold, key, likeness, share
from .trial import Trial

NEIGHBOURS = 3


def half(trial: Trial) -> list[Score]:
    """Ours shares at least half of the gold label's characters."""
    return _labelled(trial, "labels.half", "label", share)


def alike(trial: Trial) -> list[Score]:
    """Longest common subsequence, twice over both lengths, at least a half (ROUGE-L)."""
    return _labelled(trial, "labels.alike", "wording", likeness)


def own(trial: Trial) -> list[Score]:
    """No figure nearby has a gold label that this label is closer to."""
    found, wrong = scored(trial), []
    golds = [g for g in trial.gold.figures if g.repeats is None]
    for g, p in found:
        at = golds.index(g)
        near = golds[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
        best = max(near, key=lambda n: (likeness(p.figure.label, n.label), n is g))
        if likeness(p.figure.label, best.label) > likeness(p.figure.label, g.label):
            said = f"{p.figure.label} (that is {best.text})"
            wrong.append(
                Reason("wrong", "label of a neighbour", g.label, said, g.span, p.figure.id)
            )
    return [rate("labels.own", len(found), wrong)]


def subject(trial: Trial) -> list[Score]:
    """Where gold names a subject other than the document's place: ours is it, or is part of it."""
    found = [(g, p) for g, p in scored(trial) if not is_of_place(g.subject, trial.gold.place)]
    wrong = [_wrong_subject(g, p) for g, p in found if not _is_subject(g, p)]
    return [rate("labels.subject", len(found), wrong)]


def subject_precision(trial: Trial) -> list[Score]:
    """Where ours names a subject: it is gold's, part of it, or the place whose figure it is."""
    place = _place(trial)
    found = [(g, p) for g, p in scored(trial) if p.figure.subject]
    wrong = [
        _wrong_subject(g, p)
        for g, p in found
        if not _is_subject(g, p)
        and not (is_of_place(g.subject, trial.gold.place) and key(p.figure.subject or "") in place)
    ]
    return [rate("labels.subject.precision", len(found), wrong)]


def whose(trial: Trial) -> list[Score]:
    """Of all figures found: ours names whose it is, or nobody where it is the place's own.

    What the two metrics above say together: a rule that names many must not name them wrongly.
    """
    place, found = _place(trial), scored(trial)
    wrong = [
        _wrong_subject(g, p)
        for g, p in found
        if not _is_subject(g, p)
        and not (is_of_place(g.subject, trial.gold.place) and key(p.figure.subject or "") in place)
    ]
    return [rate("labels.whose", len(found), wrong)]


def period(trial: Trial) -> list[Score]:
    """Where gold has a period: ours (or the summary's) names the same years, or the same words."""
    found = [(g, p) for g, p in scored(trial) if g.period]
    whole = trial.view.texts.get("period", "")
    wrong = [
        Reason("wrong", "period", g.period or "", ours or "–", g.span, p.figure.id)
        for g, p in found
        if not is_period(g.period or "", ours := p.figure.period or whole, trial.gold.published)
    ]
    return [rate("labels.period", len(found), wrong)]


def is_period(gold: str, ours: str, published: str | None) -> bool:
    """Whether two periods are one; 今年, 去年 and 明年 are resolved by the year of publication.

    >>> is_period("2020年", "今年以来", "2020-11-20"), is_period("2019年", "2020年", None)
    (True, False)
    """
    years, wanted = set(re.findall(r"(?:19|20)\d\d", ours)), set(re.findall(r"(?:19|20)\d\d", gold))
    if published and not years:
        year = int(published[:4])
        words = {
            "今年": year,
            "去年": year - 1,
            "明年": year + 1,
            "目前": year,
            "截至": year,
            "当前": year,
            "累计": year,
        }
        years = {str(y) for word, y in words.items() if word in fold(ours)}
    if years and wanted:
        return years <= wanted
    return bool(ours) and (key(ours) in key(gold) or key(gold) in key(ours))


def _labelled(
    trial: Trial, metric: str, what: str, like: Callable[[str, str], float]
) -> list[Score]:
    found, wrong = scored(trial), []
    for g, p in found:
        if (alike := like(p.figure.label, g.label)) < 0.5:
            said = f"{what} {alike:.2f}"
            wrong.append(Reason("wrong", said, g.label, p.figure.label, g.span, p.figure.id))
    return [rate(metric, len(found), wrong)]


def _place(trial: Trial) -> str:
    return key(trial.gold.place or "该镇")


def is_of_place(subject: str | None, place: str | None) -> bool:
    """Whether a subject is the document's own place, which needs no telling."""
    whose = key(subject or "")
    return whose in key(place or "该镇") or whose.startswith("该")


def _is_subject(gold: GoldFigure, place: Place) -> bool:
    ours, whose = place.figure.subject or "", gold.subject or ""
    a, b = key(ours), key(whose)
    return bool(a and b) and (a in b or b in a or likeness(ours, whose) >= 0.5)


def _wrong_subject(gold: GoldFigure, place: Place) -> Reason:
    said = place.figure.subject or "–"
    return Reason("wrong", "subject", gold.subject or "", said, gold.span, place.figure.id)


def scored(trial: Trial) -> list[tuple[GoldFigure, Place]]:
    return [(g, p) for g, p in trial.matching.found if g.repeats is None]
