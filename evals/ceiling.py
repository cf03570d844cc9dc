"""Gold given as a leading model's answers: what is lost of it then is our own doing.

The answers are worked out beforehand for the very requests that the product will send, so that the
whole pipeline runs, checks and re-asks included. A re-ask is answered with nothing: gold has no
second opinion.
"""

from __future__ import annotations

import json
import re
from typing import Any

from summarizer.config import Settings, settings
from summarizer.documents.read import read
from summarizer.engine import reading
from summarizer.engine.grounding import ungrounded_numbers
from summarizer.engine.item_list import ItemList
from summarizer.engine.marked import MarkedPassage
from summarizer.engine.marks import marks_for
from summarizer.engine.schema import Schema, load_schema
from summarizer.models import Model
from summarizer.models.answer import Answer
from summarizer.pipeline import prepare, summarize
from summarizer.types import Mention, Span, Summary
from summarizer.zh.script import fold

from .cases import Case, Gold, GoldItem
from .match import overlap
from .scorers.labels import is_of_place
from .scores import Reason, Score, rate
from .text import strip_annotations

GOLD = "gold"
NOT_OURS = "gold has no figure here"


def summary_of(case: Case) -> Summary:
    """The summary of a case by a model that answers what gold says."""
    schema = load_schema("report")
    given = settings(size="large", store="off", model=GOLD)
    return summarize(read(case.path), model=_model(case, schema, given), settings=given)


def kept(case: Case, summary: Summary) -> list[Score]:
    """How many of gold's labels and words stand as they were given, and what became of the rest."""
    gold = case.gold or Gold()
    why = {issue.ref: issue.message for issue in summary.issues if issue.ref}
    stands = {figure.span.start: figure for figure in summary.figures}
    scored, lost = 0, []
    for one in (f for f in gold.figures if f.repeats is None and f.span.start in stands):
        scored += 1
        ours = stands[one.span.start]
        if fold(ours.label) != _words(one.label):
            reason = why.get(f"{ours.span.start}-{ours.span.end}", "")
            lost.append(Reason("differs", reason, one.label, ours.label, one.span, ours.id))
    scores = [rate("ceiling.labels", scored, lost)]
    for listed in load_schema("report").lists:
        for name in listed.prose:
            scores.append(_kept_words(listed, name, gold, summary))
    return scores


def _kept_words(listed: ItemList, name: str, gold: Gold, summary: Summary) -> Score:
    """How many of gold's texts of a field stand in the summary, whole or joined to others."""
    given = [g for g in gold.items.get(listed.name, ()) if g.values.get(name)]
    ours = "\n".join(fold(getattr(item, name)) for item in getattr(summary, listed.name))
    dropped = "; ".join(i.message for i in summary.issues if i.code == "item_dropped")
    lost = [
        Reason("differs", dropped[:300], said, "", g.evidence[0] if g.evidence else None)
        for g in given
        if _words(said := g.values[name][0]) not in ours
    ]
    return rate(f"ceiling.{name}s", len(given), lost)


def _model(case: Case, schema: Schema, given: Settings) -> Model:
    """A model that knows the answer to each passage of a case by the request's last turn."""
    prepared = prepare(read(case.path), schema, given, lambda *_: None)
    marks = marks_for(prepared.parsed.text.text)
    answers: dict[str, str] = {}
    for chunk in prepared.plan.passages:
        passage = MarkedPassage(chunk, prepared.parsed.sentences, marks)
        asked = reading.messages(
            passage, schema, prepared.plan.templates["passage"], prepared.parsed.text, whose=True
        )
        said = _answer(case.gold or Gold(), passage, schema)
        answers[asked[-1]["content"]] = json.dumps(said, ensure_ascii=False)

    def create(**request: Any) -> Any:
        last = request["messages"][-1]["content"]
        ids = re.findall(r"\{(f\d+)\} ", last)
        overview = (
            "报告的主要数量有" + "，".join("{" + id_ + "}" for id_ in ids[:3]) + "，详见正文。"
        )
        blank = json.dumps({"corrected": {}, "overview": overview}, ensure_ascii=False)
        return Answer(answers.get(last, blank), GOLD, 0, 0).completion()

    return Model(id=GOLD, create=create)


def _answer(gold: Gold, passage: MarkedPassage, schema: Schema) -> dict[str, Any]:
    """What gold says of a passage, in the form that is asked for."""
    figures = {key: _figure(passage.mentions[id_], gold) for key, id_ in passage.keys.items()}
    said: dict[str, Any] = {"figures": figures}
    for listed in schema.lists:
        said[listed.name] = [
            _item(item, listed, cited, passage)
            for item in gold.items.get(listed.name, ())
            if (cited := _cited(item, listed, passage))
        ]
    if passage.opens:
        said |= {name: getattr(gold, name) for name in ("title", "place", "period", "publisher")}
    return said


def _figure(mention: Mention, gold: Gold) -> dict[str, Any]:
    for one in gold.figures:
        if one.span.overlaps(mention.span):
            own = is_of_place(one.subject, gold.place)
            return {
                "label": one.label,
                "subject": None if own else one.subject,
                "period": one.period,
            }
    return {"skip": NOT_OURS}


def _item(
    item: GoldItem, listed: ItemList, cited: list[int], passage: MarkedPassage
) -> dict[str, Any]:
    values: dict[str, Any] = dict.fromkeys(listed.fields, "")
    values |= {name: strip_annotations(said[0]) for name, said in item.values.items() if said}
    told = _telling("".join(values[name] for name in listed.prose), cited, passage)
    return {name: values[name] for name in listed.fields} | {"sentences": told}


def _cited(item: GoldItem, listed: ItemList, passage: MarkedPassage) -> list[int]:
    """The numbers of the sentences that hold a quote of the item.

    Of what gold quotes from a heading only, those that name it: a heading has no number.
    """
    body = passage.body
    held = [n for n, s in enumerate(body, 1) if any(_holds(s.raw, e) for e in item.evidence)]
    headed = [s for s in passage.chunk.sentences if s.heading]
    if held or not any(_holds(s.raw, e) for s in headed for e in item.evidence):
        return held
    names = [_words(name) for field in listed.names for name in item.values.get(field, ())]
    named = [n for n, text in enumerate(passage.texts, 1) if any(name in text for name in names)]
    return named or ([1] if body else [])


def _telling(words: str, cited: list[int], passage: MarkedPassage) -> list[int]:
    """With the sentences that hold a number of the words: gold quotes one sentence of several."""
    source = "".join(passage.texts[n - 1] for n in cited)
    more = (
        next((n for n, text in enumerate(passage.texts, 1) if number in text), None)
        for number in ungrounded_numbers(words, source)
    )
    return sorted({*cited, *(n for n in more if n)})


def _holds(sentence: Span, quote: Span) -> bool:
    meets = overlap(sentence, quote)
    return meets > 0 and not meets * 2 < min(sentence.end - sentence.start, quote.end - quote.start)


def _words(text: str) -> str:
    return fold(strip_annotations(text))
