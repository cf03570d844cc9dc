"""Findings → items of the schema: evidence quoted, figures linked, the same item told once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ValidationError

from summarizer.documents.clean import CleanText
from summarizer.engine.extract import ItemDraft
from summarizer.engine.field_types import is_same_value
from summarizer.engine.grounding import char_recall
from summarizer.engine.item_draft import PROOFS, Broken, made
from summarizer.engine.item_list import ItemList
from summarizer.engine.verify.confidence import PLACES
from summarizer.fields import Pick
from summarizer.types import Figure, Issue, Item
from summarizer.zh.agents.breath import follows, opens
from summarizer.zh.script import fold
from summarizer.zh.segment import list_parts

JOINT = ";"
"""What stands between two texts that merged items both say."""
_NEITHER = object()  # None is an answer, too


@dataclass(frozen=True, slots=True)
class Built:
    """The items of one list, and what was merged to make them."""

    items: tuple[Item, ...]
    issues: tuple[Issue, ...]


def assemble_items(
    listed: ItemList, findings: Sequence[ItemDraft], figures: Sequence[Figure], text: CleanText
) -> Built:
    """The items of one list in text order, numbered `<list>-<n>`, each with its figures' ids."""
    mine = sorted(
        (f for f in findings if f.list == listed.name), key=lambda f: f.sentences[0].number
    )
    kept: list[ItemDraft] = []
    issues: list[Issue] = []
    for finding in mine:
        twin = next((i for i, k in enumerate(kept) if is_same(listed, k, finding)), None)
        if twin is None:
            kept.append(finding)
        else:
            kept[twin], told = _merged(listed, kept[twin], finding, text)
            issues += [issue.model_copy(update={"ref": _id(listed, twin)}) for issue in told]
    owned = _owners(listed, kept, figures, text)
    items = tuple(
        made(
            listed,
            finding,
            text,
            id=_id(listed, n),
            figures=tuple(f.id for f in figures if n in owned[f.id]),
            confidence=None if finding.sure is None else round(finding.sure, PLACES),
        )
        for n, finding in enumerate(kept)
    )
    return Built(items, tuple(issues))


def _id(listed: ItemList, n: int) -> str:
    return f"{listed.name}-{n + 1}"


def is_same(listed: ItemList, one: ItemDraft, other: ItemDraft) -> bool:
    """Whether two findings are one item: by the key that the class declares, else by all they say.

    Nothing is merged because it merely looks alike.
    """
    compared = listed.item.__key__ or tuple(name for name in one.values if name != PROOFS)
    return all(_same(one.values.get(name), other.values.get(name)) for name in compared)


def _same(one: Any, other: Any) -> bool:
    return one == other or is_same_value(one, other)


def _merged(
    listed: ItemList, one: ItemDraft, other: ItemDraft, text: CleanText
) -> tuple[ItemDraft, list[Issue]]:
    """Both as one, with the sentences of both, and what is to be told of it.

    Texts that both say are joined; where two answers cannot both stand (a choice, or a text that
    the class refuses joined) the first stays and the other is told.
    """
    sentences = {s.number: s for s in (*one.sentences, *other.sentences)}
    own = None if one.own is other.own is None else (*(one.own or ()), *(other.own or ()))
    cited = tuple(sentences[n] for n in sorted(sentences))
    sure = max((each for each in (one.sure, other.sure) if each is not None), default=None)
    whole = replace(one, sentences=cited, own=own, sure=sure)
    conflicts: list[str] = []
    for name, value in other.values.items():
        joined = _joined(listed, name, whole.values[name], value)
        trial = replace(whole, values=whole.values | {name: joined})
        if joined is _NEITHER or not _holds(listed, trial, text):
            conflicts.append(f"{name}: {_shown(whole.values[name])} / {_shown(value)}")
        else:
            whole = trial
    if not _holds(listed, whole, text):
        return one, [_issue("items_conflict", f"{listed.name}: {_said(other)}", "warning")]
    issues = [_issue("items_merged", f"{listed.name}: {_said(one)} + {_said(other)}", "info")]
    if conflicts:
        issues.append(_issue("items_conflict", "; ".join(conflicts), "warning"))
    return whole, issues


def _joined(listed: ItemList, name: str, one: Any, other: Any) -> Any:
    """What two merged items say in a field, or _NEITHER where the answers exclude each other."""
    if _same(one, other) or other in (None, "", (), []):
        return one
    if one in (None, "", (), []):
        return other
    if isinstance(one, dict) and isinstance(other, dict):  # proofs
        return other | one
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return type(one)([*one, *(value for value in other if value not in one)])
    if name not in listed.free:
        return _NEITHER
    if one in other or other in one:
        return max(one, other, key=len)
    return f"{one}{JOINT}{other}"


def _holds(listed: ItemList, finding: ItemDraft, text: CleanText) -> bool:
    """Whether the class takes a finding as an item."""
    try:
        made(listed, finding, text)
    except (ValidationError, Broken):
        return False
    return True


def _said(finding: ItemDraft) -> str:
    said = (value for name, value in finding.values.items() if name != PROOFS and value)
    return "、".join(map(_shown, said))[:80]


def _shown(value: Any) -> str:
    """A value in a few words: of a pick its place in the source, as it stands."""
    if isinstance(value, Pick):
        return value.text
    if isinstance(value, tuple | list):
        return "、".join(map(_shown, value))
    if isinstance(value, BaseModel):
        parts = (getattr(value, name) for name in type(value).model_fields)
        return " ".join(_shown(part) for part in parts if part is not None)
    return str(value)


def _issue(code: str, message: str, severity: Any) -> Issue:
    return Issue(code=code, severity=severity, message=message)


def _owners(
    listed: ItemList, kept: Sequence[ItemDraft], figures: Sequence[Figure], text: CleanText
) -> dict[str, set[int]]:
    """Which items each figure belongs to: those that say so, else of those that cite its sentence.

    Of items that are names, the one that stands last before the figure (甲养猪30头,乙种药材5亩);
    of others the one whose words the figure's clause and label share most.
    """
    owned: dict[str, set[int]] = {}
    spans = [[text.to_raw(s.span) for s in f.sentences] for f in kept]
    for figure in figures:
        stated = {n for n, one in enumerate(kept) if one.own and figure.span in one.own}
        citing = [
            n
            for n, cited in enumerate(spans)
            if kept[n].own is None and any(s.covers(figure.span) for s in cited)
        ]
        if listed.names:
            citing = _nearest(listed, kept, citing, figure, text)
        elif len(citing) > 1:
            around = _clause(figure, text) + figure.label
            citing = [max(citing, key=lambda n: char_recall(_words(kept[n]), around))]
        owned[figure.id] = stated | set(citing)
    return owned


def _nearest(
    listed: ItemList,
    kept: Sequence[ItemDraft],
    citing: Sequence[int],
    figure: Figure,
    text: CleanText,
) -> list[int]:
    """Of the items whose sentence a figure stands in, those it is told of.

    In a sentence that names none of them it is told of all: they are carried on. Names told in one
    breath share what follows.
    """
    sentence, at = text.to_clean(figure.evidence.span), text.to_clean(figure.span)
    words = fold(text.text[sentence.slice])
    start, end = at.start - sentence.start, at.end - sentence.start
    names = {n: fold(str(kept[n].values[listed.names[0]])) for n in citing}
    places = {n: words.rfind(name, 0, start) for n, name in names.items()}
    last = max(places.values(), default=-1)
    if last >= 0:
        breath = opens(words, last, names.values())
        return [n for n in citing if breath <= places[n]]
    if not any(name in words for name in names.values()):
        return list(citing)
    return [n for n in citing if follows(words[end:], names[n])]


def _clause(figure: Figure, text: CleanText) -> str:
    """The clean clause that the figure stands in."""
    sentence = text.to_clean(figure.evidence.span)
    at = text.to_clean(figure.span)
    before = text.text[sentence.start : at.start]
    after = text.text[at.end : sentence.end]
    return list_parts(before)[-1] + list_parts(after)[0]


def _words(finding: ItemDraft) -> str:
    return "".join(v for v in finding.values.values() if isinstance(v, str))
