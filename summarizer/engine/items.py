"""What a schema lists, asked for passage by passage with numbered sentences.

The whole answer is taken in loosely and each item is then checked on its own, so that a bad one
costs nothing but itself: it is asked again alone, then dropped with an issue.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from pydantic import BaseModel, ValidationError, create_model
from pydantic.fields import FieldInfo

from summarizer.checks import UNFIT
from summarizer.engine import faults
from summarizer.engine.answers import (
    CITED,
    MOST_CITED,
    answer_model,
    asked_lists,
    full_sentences,
    item_model,
    longest,
)
from summarizer.engine.ask import StructuredCaller
from summarizer.engine.field_choice import Chooser
from summarizer.engine.grounding import char_recall, ungrounded_numbers
from summarizer.engine.item_answers import messages, raw_items
from summarizer.engine.item_draft import Broken, ItemDraft, made
from summarizer.engine.item_issues import (
    choices_replaced,
    citation_replaced,
    item_dropped,
    item_replaced,
    placed,
    texts_replaced,
)
from summarizer.engine.item_list import ItemList
from summarizer.engine.item_more import Request, more_of
from summarizer.engine.item_names import with_whole_names
from summarizer.engine.item_parts import ItemParts
from summarizer.engine.item_picks import item_picks
from summarizer.engine.item_words import (
    in_its_clause,
    mended,
    needs_no_verb,
    whole_words,
)
from summarizer.engine.passage import AskedPassage
from summarizer.engine.prompt import Template, example_texts, load_template
from summarizer.engine.schema import Schema
from summarizer.errors import AnswerRejected, AnswerTruncated
from summarizer.types import Issue
from summarizer.zh.broken import cut
from summarizer.zh.labels.endings import balanced, quoted
from summarizer.zh.script import fold

SURE = 0.75  # share of an item's words from which a sentence it did not cite is taken for its own
BEARS = 0.7  # of the best sentence's share: what a cited sentence must reach to be kept
LEAST, EACH, NAME = 200, 90, 60  # tokens an answer may have, and for each sentence and name
TOKENS_ONE = 200
ROOM = 20  # characters of a role, where its schema does not say


Check = Callable[[Any], ItemDraft]
"""Makes a finding of an answer, or raises ValidationError or Broken."""


def find_items(
    passage: AskedPassage,
    schema: Schema,
    chooser: Chooser,
    template: Template,
) -> tuple[list[ItemDraft], list[Issue]]:
    """The items of every list that this passage holds, and what became of the bad ones."""
    asker = chooser.asker
    asked = messages(passage, schema, template)
    passage.examples = example_texts(asked)
    answer = asker.ask(
        asked,
        answer_model(schema, passage),
        max_tokens=LEAST + EACH * len(passage.body) + NAME * len(passage.name_groups),
        about=template.id,
    )
    request = Request(passage, schema, asker, template)
    findings: list[ItemDraft] = []
    issues: list[Issue] = []
    for listed in asked_lists(schema, passage):
        found, told = _of_list(listed, getattr(answer, listed.name), request, chooser)
        findings += found
        issues += told
    return findings, issues


def _of_list(
    listed: ItemList, said: Any, request: Request, chooser: Chooser
) -> tuple[list[ItemDraft], list[Issue]]:
    """The items of what was answered of one list, asked on where it is full."""
    passage, asker = request.passage, request.asker
    model, parts = item_model(listed, passage), ItemParts(listed, chooser)
    check = partial(_finding_of, model=model, passage=passage, parts=parts, context=asker.context)
    trusting = partial(check, context={**asker.context, "judged": True})
    again = partial(_again, check=model, passage=passage, asker=asker)
    kept: list[ItemDraft] = []
    issues: list[Issue] = []
    answered = raw_items(listed, said, passage)
    for number in full_sentences(listed, said, passage):
        more, wrong = more_of(listed, number, request)
        answered += [raw for raw in more if raw not in answered]
        issues += wrong
    for raw in answered:
        whole = _ended(listed, raw, passage)
        recited = _recited(listed, whole, passage)
        if sure := needs_no_verb(listed, recited, passage):
            recited = in_its_clause(listed, recited, passage.texts)
            whole = whole | {name: recited[name] for name in listed.actions}
        finding, fault = _checked(recited, trusting if sure else check, again)
        told: list[Issue] = []
        if finding is not None:
            if not fault:  # else the model said it again, and that stands
                finding, action = mended(listed, finding, recited, passage.hooks, check)
                told += texts_replaced(listed, raw, whole | action)
                told += citation_replaced(listed, whole, recited, passage.texts)
            told += choices_replaced(listed, raw, finding)
            kept.append(finding)
        elif fault:
            told.append(item_dropped(listed, raw, fault))
        issues += placed(told, recited, passage.body)
    drafts = _drafted(listed, answered, kept, passage, check)
    for draft, raw in drafts:
        issues += placed([item_replaced(listed, draft, raw)], raw, passage.body)
    return [*kept, *(draft for draft, _ in drafts)], [*issues, *parts.issues]


def _drafted(
    listed: ItemList,
    answered: Sequence[Any],
    kept: Sequence[ItemDraft],
    passage: AskedPassage,
    check: Check,
) -> list[tuple[ItemDraft, Any]]:
    """For sentences that were answered and are not told of: an action in the sentence's own words.

    As with labels, the grammar's draft stands where the model's words do not, be they refused or
    of another sentence; each with the answer in whose place it stands.
    """
    if not listed.is_of_actions:
        return []
    told = {sentence.number for finding in kept for sentence in finding.sentences}
    drafts: list[tuple[ItemDraft, Any]] = []
    for raw in answered:
        number = raw[CITED][0] if isinstance(raw, dict) else 0
        if not number or passage.body[number - 1].number in told:
            continue
        name = listed.actions[0]
        title = passage.hooks.fallback_title(passage.texts[number - 1])
        if not title:
            continue
        limit = longest(listed).get(name, len(title))
        title = cut(title, limit) if limit < len(title) else balanced(title)
        drafted = raw | {name: title, CITED: [number]}
        finding, _ = _checked(drafted, check, lambda *_: None)
        if finding is not None:
            told.add(passage.body[number - 1].number)
            drafts.append((finding, raw))
    return drafts


def _ended(listed: ItemList, raw: Any, passage: AskedPassage) -> Any:
    """The answer with its words ended on something whole and quoted as the passage does."""
    if not isinstance(raw, dict):
        return raw
    limits, source = longest(listed), "".join(passage.texts)
    words = {name: raw[name] for name in listed.prose if isinstance(raw.get(name), str)}
    for name, said in words.items():
        is_cut = name in limits and not len(said) < limits[name]
        words[name] = quoted(whole_words(said, source, is_cut=is_cut), source)
    return with_whole_names(listed, raw | words, passage)


def _recited(listed: ItemList, raw: Any, passage: AskedPassage) -> Any:
    """The answer citing the one sentence that bears its words, where those it cites do not.

    A small model knows what was done and slips in the number of the sentence. Every check is made
    after this, on the sentence it now cites.
    """
    if not isinstance(raw, dict):
        return raw
    words = "".join(str(raw.get(name, "")) for name in [*listed.verbatim, *listed.prose[:1]])
    bears = [char_recall(words, text) for text in passage.texts]
    best = max(range(len(bears)), key=bears.__getitem__, default=-1)
    cited = [n for n in raw.get(CITED) or () if isinstance(n, int) and 0 < n <= len(bears)]
    if best < 0 or bears[best] < SURE or any(not bears[n - 1] < bears[best] * BEARS for n in cited):
        return raw
    return raw | {CITED: [best + 1]}


def _checked(
    raw: Any, check: Check, again: Callable[[Any, str], Any]
) -> tuple[ItemDraft | None, str]:
    """The item if it passes, or passes when asked again alone; else None and what was wrong."""
    try:
        return check(raw), ""
    except ValidationError as error:
        fault = faults.message(error)
        if any(e["type"] == UNFIT for e in error.errors()):
            return None, fault
    except Broken as error:
        return None, str(error)
    try:
        better = again(raw, fault)
        return (None if better is None else check(better.model_dump())), fault
    except (AnswerRejected, AnswerTruncated, ValidationError, Broken):
        return None, fault


def _finding_of(
    raw: Any,
    *,
    model: type[BaseModel],
    passage: AskedPassage,
    parts: ItemParts,
    context: Mapping[str, Any],
) -> ItemDraft:
    """The finding of an answer that passes every check, the item's own class the last of them.

    Raises ValidationError for what can be said to a model, Broken where the class itself fails.
    """
    listed, picker = parts.listed, parts.chooser.proposer.picker
    finding = _finding(listed, model.model_validate(raw, context=context), passage)
    if listed.picks:
        picks = item_picks(listed, finding.values, finding.sentences, picker)
        picks |= parts.of(finding.values, finding.sentences)
        finding = replace(finding, values=finding.values | picks)
    item = made(listed, finding, picker.text, context)
    return replace(finding, values={name: getattr(item, name) for name in finding.values})


def _again(
    raw: Any, fault: str, *, check: type[BaseModel], passage: AskedPassage, asker: StructuredCaller
) -> Any:
    """Ask for this one item again, with what was wrong; None if the model takes it back."""
    if not asker.reasks:
        return None
    fields: dict[str, Any] = {"item": (check | None, ...)}
    wrong = json.dumps(raw, ensure_ascii=False)
    asked = load_template("correction.v1").messages(
        sentences=passage.lines, wrong=wrong, fault=fault
    )
    answer = asker.again().ask(
        asked, create_model("Correction", **fields), max_tokens=TOKENS_ONE, about="correction.v1"
    )
    return getattr(answer, "item", None)


def _finding(listed: ItemList, item: Any, passage: AskedPassage) -> ItemDraft:
    """The item with those of its sentences that bear it: a small model cites the neighbours too.

    One that holds its name is always among them.
    """
    values = {name: getattr(item, name) for name in listed.worded}
    if listed.names:
        values |= _known(listed, fold(values[listed.names[0]]), passage)
    words = "".join(str(values[name]) for name in [*listed.verbatim, *listed.prose])
    cited = passage.cited(item.sentences)
    bears = [char_recall(words, sentence.text) for sentence in cited]
    kept = [s for s, share in zip(cited, bears, strict=True) if not share < BEARS * max(bears)]
    for name in (fold(values[verbatim]) for verbatim in listed.verbatim):
        holding = [s for s in cited if name in fold(s.text)]
        if not any(s in kept for s in holding):
            kept = holding[:1] + kept
    if ungrounded_numbers(words, "".join(sentence.text for sentence in kept)):
        kept = cited
    first = sorted(kept[:MOST_CITED], key=lambda sentence: sentence.number)
    return ItemDraft(listed.name, values, tuple(first))


def _known(listed: ItemList, name: str, passage: AskedPassage) -> dict[str, str]:
    """What the grammar knows of an item by its name: its kind, and what the text calls it."""
    acts = [passage.body[number - 1] for number in passage.where(name)]
    kinds = dict.fromkeys(listed.kinds, passage.names[name].kind)
    said = passage.hooks.role(name, acts) if listed.roles else ""
    return kinds | {field: said[-_room(listed.fields[field]) :] for field in listed.roles}


def _room(field: FieldInfo) -> int:
    """How many characters a field takes, where its schema says so."""
    lengths = (int(m.max_length) for m in field.metadata if hasattr(m, "max_length"))
    return next(lengths, ROOM)
