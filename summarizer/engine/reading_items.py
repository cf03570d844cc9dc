"""An answer of a list as a finding that its own class takes, or a line against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from summarizer.documents.clean import CleanText
from summarizer.engine import faults
from summarizer.engine.answers import CITED
from summarizer.engine.field_types import picks_in
from summarizer.engine.grounding import char_recall, leaked_from_examples, ungrounded_numbers
from summarizer.engine.item_draft import ItemDraft, made
from summarizer.engine.item_list import ItemList
from summarizer.engine.marked import MarkedPassage
from summarizer.engine.pick_checks import about_item
from summarizer.engine.reading_answer import FIGURES
from summarizer.engine.reading_checks import (
    SURE,
    Refused,
    as_list,
    cited_by,
    grounded,
    holding,
    plain_words,
    said_at,
)
from summarizer.engine.standing import GONE, leaves, without
from summarizer.fields import Pick
from summarizer.types import Mention
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence


def item(
    listed: ItemList, raw: Any, passage: MarkedPassage, text: CleanText, context: Mapping[str, Any]
) -> ItemDraft:
    """An answer of a list as a finding that its own class takes."""
    if not isinstance(raw, dict):
        raise Refused("要写成对象 {…}")
    cited = cited_by(raw.get(CITED), passage)
    values = {name: raw[name] for name in listed.fields if name in raw}
    picked, wrong = _picked(listed, raw, passage)
    values |= picked
    own = _own(raw.get(FIGURES), passage)
    for name in listed.verbatim:
        cited |= holding(plain_words(values.get(name)), cited, passage)
    standing, dropped = _standing(listed, values, cited, passage)
    values |= standing
    wrong = ";".join(filter(None, (wrong, dropped)))
    for words in listed.verbatim_words(values):
        cited |= holding(plain_words(words), cited, passage)
    near, line = within(listed, values, cited, passage)
    values |= near
    wrong = ";".join(filter(None, (wrong, line)))
    picks = tuple(picks_in(tuple(values.values())))
    cited |= said_at(picks, passage)
    for mention in own:
        cited.setdefault(passage.sentence_of(mention).number, passage.sentence_of(mention))
    cited |= _headed(listed, values, cited, passage)
    stated = tuple(m.span for m in own) if isinstance(raw.get(FIGURES), list) else None
    stated = None if stated is None else (*stated, *(pick.span for pick in picks))
    finding = ItemDraft(listed.name, values, tuple(cited[n] for n in sorted(cited)), stated)
    try:
        whole = made(listed, finding, text, context)
    except ValidationError as error:
        raise Refused(faults.message(error)) from error
    finding = replace(finding, values={name: getattr(whole, name) for name in values})
    around = "\n".join(fold(s.text) for s in finding.sentences)
    for words in listed.texts(whole):
        grounded(words, f"{passage.source}\n{around}", around)
    if wrong:
        raise Refused(wrong, finding)
    return finding


def _picked(
    listed: ItemList, raw: dict[str, Any], passage: MarkedPassage
) -> tuple[dict[str, Any], str]:
    """The fields with picks, their keys made values, and the line against keys of their lists."""
    values: dict[str, Any] = {}
    lines: list[str] = []
    for name, tree in listed.picks.items():
        if passage.picker is None:
            continue
        about = about_item(listed.fields[name].description, raw)
        values[name], wrong = passage.picker.standing(tree, raw.get(name), passage.places, about)
        if wrong and values[name] is None and tree.inner is None:
            raise Refused(f"{name}:{wrong}")
        if wrong and values[name] is None:
            values[name] = []
        lines += [f"{name}:{wrong}"] if wrong else []
    return values, ";".join(lines)


def _standing(
    listed: ItemList,
    values: Mapping[str, Any],
    cited: dict[int, Sentence],
    passage: MarkedPassage,
) -> tuple[dict[str, Any], str]:
    """Lists of words of the source without those that stand nowhere, and the line against these.

    A list of which none stands is left as it is: what is wrong with it costs the item.
    """
    kept: dict[str, Any] = {}
    lines: list[str] = []
    for name, tree in listed.types.items():
        said = values.get(name)
        if tree.inner is None or not tree.inner.is_verbatim or not isinstance(said, list):
            continue
        own: list[Any] = []
        wrong: list[str] = []
        for words in dict.fromkeys(map(plain_words, said)):
            try:
                holding(words, cited, passage)
            except Refused as error:
                wrong.append(str(error))
            else:
                own.append(words)
        kept |= {name: own} if own else {}
        lines += [f"{name}:{line}" for line in wrong if own]
    return kept, ";".join(lines)


def within(
    listed: ItemList,
    values: Mapping[str, Any],
    cited: Mapping[int, Sentence],
    passage: MarkedPassage,
) -> tuple[dict[str, Any], str]:
    """The fields without picks of a sentence that is not cited, and the line against these.

    A heading cannot be cited. Whose number it is nobody said: 县民政局's sentence is another's.
    """
    near = {s.raw for s in passage.chunk.sentences if s.heading or s.number in cited}
    kept: dict[str, Any] = {}
    lines: list[str] = []
    for name, tree in listed.picks.items():
        said = values.get(name)
        far = [
            (at, one)
            for at, _, one in leaves(tree, said)
            if isinstance(one, Pick) and one.evidence.span not in near
        ]
        if far:
            left = without(tree, said, [at for at, _ in far])
            kept[name] = None if left is GONE else left
            lines += [f"“{one.text}”不在所引的句子里,请照抄原文或改正编号" for _, one in far]
    return kept, ";".join(lines)


def not_of_examples(
    finding: ItemDraft, listed: ItemList, passage: MarkedPassage, examples: str
) -> None:
    """Refuse what was taken from the prompt's examples."""
    for name in listed.prose:
        words = str(finding.values.get(name, ""))
        if char_recall(words, passage.source) < SURE and leaked_from_examples(
            words, examples, passage.source
        ):
            raise Refused(f"“{words}”是例子里的话,请改用句子里的词")


def _own(raw: Any, passage: MarkedPassage) -> tuple[Mention, ...]:
    """The quantities that an item says are its own, by their ids or by their whole keys."""
    named = [passage.keys.get(str(one), str(one)) for one in as_list(raw)]
    if unknown := [id_ for id_ in named if id_ not in passage.mentions]:
        raise Refused(f"figures 里的{'、'.join(unknown)}不是给出的代号")
    return tuple(mention for id_, mention in passage.mentions.items() if id_ in named)


def _headed(
    listed: ItemList, values: dict[str, Any], cited: dict[int, Sentence], passage: MarkedPassage
) -> dict[int, Sentence]:
    """The headings over the cited sentences that hold a number of the words which those lack."""
    words = "".join(plain_words(values.get(name)) for name in listed.prose)
    found: dict[int, Sentence] = {}
    for number in ungrounded_numbers(words, "\n".join(s.text for s in cited.values())):
        over = (h for s in cited.values() for h in passage.over(s))
        found |= {h.number: h for h in over if not ungrounded_numbers(number, h.text)}
    return found
