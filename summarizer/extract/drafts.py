"""A draft of a quantity's name, from the clause it stands in.

The draft is the clause without its quantities and its connectives, with the noun that the unit
calls for: 幫助全鎮[126戶]貧困群眾銷售畜禽 → 帮助全镇贫困群众销售畜禽户数. It is written from the
source's own words, so it is grounded whatever the model says, and it is what the model's own name
is held against.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from summarizer.chunk import Sentence
from summarizer.doing import says_action
from summarizer.script import fold
from summarizer.types import Mention, Span

LONGEST = 26
KEPT, LEAST = 18, 12  # characters that are kept of a longer one, and at the least
THIN = 6  # a core of fewer characters says too little and takes in the clause before

_OF_ALL = re.compile("^[全我该本](?:镇|乡|村|县|市|区|省)")
_CLAUSE = re.compile(r"[,，。;；!！?？:：\n]")
_LEAD = re.compile(
    r"^(?:[一二三四五六七八九十]是|目前|现已?|已经?|共计?|累计|其中|同时|并且?|还|又|通过"
    r"|为了?|让|使|和|与|及|以及|在|将|把|等|的|来|我镇|全镇共)+"
)
_TAIL = re.compile(
    r"(?:达到|达|高达|共计|合计|共|为|了|有|约|仅|便|的|等|是|至|到|来|超过|突破|逾|近)+$"
)
_NAMED = re.compile(
    r"(?:数|量|率|额|值|资金|收入|收益|支出|投资|工资|贷款|面积|里程|比例|比重|占比|增收|分红|补贴"
    r"|款|费|费用|税收|利润|成本|价格|年龄|人次|场次|时长|次数|长度|重量|倍数|均价|增长|下降|上涨|同比)$"
)
_QUOTES = re.compile(r"[“”‘’\"「」『』《》]")
_JOINERS = "、和及与"
_CLOSERS = _JOINERS + ")）”」』,，"
_BLANK = "\ufffc"
_EDGES = " \u3000、()（）·—-+"


def draft(sentence: Sentence, mention: Mention, before: Sentence | None = None) -> str:
    """What `mention` seems to measure, in simplified characters; never empty.

    `before` is the sentence that leads up to this one, used when the clause alone says too little.
    """
    at = _inside(sentence, mention)
    others = [_inside(sentence, m) for m in sentence.mentions]
    text = _blanked(fold(sentence.text), others)
    core = _core(text, at, others)
    noun = "" if core and _NAMED.search(core) else _noun(mention)
    if len(core) < THIN and not (says_action(core) and len(core + noun) > THIN - 1):
        core = _widened(core, text, at, before)
    kept = core if len(core) <= LONGEST else _end(core)
    return kept if kept and _NAMED.search(kept) else kept + noun


def nearest(sentence: Sentence, mention: Mention) -> str:
    """The words that stand next to a quantity: what it counts, or what it ends.

    The words behind it in its clause up to the next quantity, or, where none follow, those before
    it from the last quantity or 、 on: 改路[1200平方米] has 改路, [3个]村委、8个自然村 has 村委.
    """
    at = _inside(sentence, mention)
    others = [_inside(sentence, m) for m in sentence.mentions]
    text = _blanked(fold(sentence.text), others)
    clause = _clause(text, at)
    start = max(
        (s.end for s in others if clause.covers(s) and s.end <= at.start), default=clause.start
    )
    end = min(
        (s.start for s in others if clause.covers(s) and not s.start < at.end), default=clause.end
    )
    before, after = text[start : at.start], text[at.end : end]
    if after and after[0] not in _CLOSERS:
        return _trimmed(re.split("[、和]", after)[0] if after[-1] in _JOINERS else after)
    return _trimmed(re.split("[、和]", before)[-1]) or _trimmed(before)


def draft_title(sentence: str) -> str:
    """What was done, from the first clause of a sentence that has a verb of doing; "" for none.

    >>> draft_title("同时,我镇共投入60余万元修建水渠,解决了用水难题。")
    '投入60余万元修建水渠'
    """
    for clause in _CLAUSE.split(fold(sentence)):
        words = _trimmed(re.sub(r"^.{0,4}(?:同时|目前|今年|共)", "", clause))
        if says_action(words):
            return words[:LONGEST]
    return ""


def plain(label: str) -> str:
    """A label without the noun that only repeats its unit.

    >>> plain("贫困群众户数"), plain("销售收入")
    ('贫困群众', '销售收入')
    """
    return re.sub(
        "(?:" + "|".join(sorted(set(_nouns().values()), key=len, reverse=True)) + "|数)$", "", label
    )


def _core(text: str, at: Span, others: Sequence[Span]) -> str:
    """The words of the clause that belong to the quantity.

    A quantity counts what follows it (3个村) or ends what comes before (后备干部44名). In a list
    each has its own item; quantities in a row (122户326人8.3万元) share the words around them.
    """
    clause = _clause(text, at)
    marks = [s for s in others if clause.covers(s)]
    i = marks.index(at)
    initial = _trimmed(text[clause.start : marks[0].start])
    before = text[marks[i - 1].end : at.start] if i else text[clause.start : at.start]
    after = text[at.end : marks[i + 1].start] if i + 1 < len(marks) else text[at.end : clause.end]
    tail = text[marks[-1].end : clause.end]
    if after and after[0] not in _CLOSERS:
        listed = after[-1] in _JOINERS
        body = after if listed or i + 1 == len(marks) else after + tail
        return (initial or _trimmed(before)) + _trimmed(body)
    shared = _trimmed(tail) if after and tail.startswith("的") else ""
    item = _trimmed(re.split("[、和]", before)[-1]) if i else initial
    return _doing(initial, before, item) + (item or initial) + shared


def _end(core: str) -> str:
    """The end of what is too long, next to the quantity; from a 的 or 、 if one is near."""
    near = core[-LONGEST:-LEAST]
    cut = max(near.rfind(mark) for mark in "的、,")
    return core[-LONGEST:][cut + 1 :] if not cut < 0 else core[-KEPT:]


def _doing(first: str, between: str, item: str) -> str:
    """The verb of a list that its later items leave out: 种植|黄精1200亩、白及680亩."""
    verb = _OF_ALL.sub("", first)[:2]
    listed = between[:1] in _JOINERS and item and len(item) < THIN and not says_action(item)
    return verb if listed and says_action(verb) else ""


def _widened(core: str, text: str, at: Span, before: Sentence | None) -> str:
    """The core behind the nearest clause before it that says more than a few characters."""
    earlier = text[: max(0, _clause(text, at).start - 1)]
    if before is not None:
        spans = [_inside(before, m) for m in before.mentions]
        earlier = _blanked(fold(before.text), spans) + "。" + earlier
    for clause in reversed(_CLAUSE.split(earlier)):
        lead = _trimmed(clause)
        if not len(lead) < THIN:
            return lead[-(LONGEST // 2) :] + ("" if core in lead else core)
    return core


def _clause(text: str, at: Span) -> Span:
    start = max((m.end() for m in _CLAUSE.finditer(text, 0, at.start)), default=0)
    match = _CLAUSE.search(text, at.end)
    return Span(start, match.start() if match else len(text))


def _blanked(text: str, spans: Sequence[Span]) -> str:
    """The text with its quantities blanked: their commas and points divide no clauses."""
    for span in spans:
        text = text[: span.start] + _BLANK * (span.end - span.start) + text[span.end :]
    return text


def _trimmed(words: str) -> str:
    words = _QUOTES.sub("", words).replace(_BLANK, "").strip(_EDGES)
    return _TAIL.sub("", _LEAD.sub("", words)).strip(_EDGES)


def _inside(sentence: Sentence, mention: Mention) -> Span:
    return Span(mention.at.start - sentence.span.start, mention.at.end - sentence.span.start)


def _noun(mention: Mention) -> str:
    quantity = mention.quantity
    unit = quantity.unit if quantity else None
    if quantity and quantity.kind == "money":
        return "金额"
    return _nouns().get(unit or "", _nouns()["*"])


@lru_cache(maxsize=1)
def _nouns() -> dict[str, str]:
    lines = (Path(__file__).parent / "nouns.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return dict(pairs)
