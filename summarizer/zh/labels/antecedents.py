"""The core of a label, behind what it leans on where it says nothing by itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from summarizer.types import Mention
from summarizer.zh.labels.clauses import QuantityContext, parted
from summarizer.zh.labels.ellipsis import (
    changes,
    compares,
    is_elliptical,
    is_rate,
    leant,
    needs_more,
    next_of_list,
    shares,
)
from summarizer.zh.labels.measure_nouns import noun_of
from summarizer.zh.labels.phrases import BLANK, trimmed
from summarizer.zh.labels.wholes import label_core
from summarizer.zh.same import Same
from summarizer.zh.segment import Sentence, clause_spans

BACK = 6  # quantities to look back for what a clause leans on
DEEP = 3  # times that what is leant on may lean in turn

_SUM = re.compile("共计|合计|总计|[一总]共")
_TOTAL = {"户数": "总户数", "人数": "总人数"}


def resolve(
    sentence: Sentence, mention: Mention, before: Sentence | None, depth: int = DEEP
) -> str:
    """What a quantity measures, in words that stand alone.

    `before` is the sentence that leads up to this one.
    """
    return _resolved(Same(sentence), Same(mention), Same(before), depth)


@lru_cache(maxsize=1 << 12)
def _resolved(
    said: Same[Sentence], counted: Same[Mention], led: Same[Sentence | None], depth: int
) -> str:
    """What `resolve` says; in a long list each quantity leans on the same ones as the last did."""
    sentence, mention, before = said.one, counted.one, led.one
    part = parted(sentence, mention)
    core = label_core(part)
    if not depth:
        return core
    is_multiple = part.is_multiple and part.kind in ("percent", "ratio")
    if not is_multiple and not is_elliptical(core, is_part=part.is_part):
        return _continued(sentence, mention, core)
    topic = _topic(sentence, mention, before, depth)
    if is_multiple:
        return leant(part.before.removesuffix("的"), topic)
    if not core and _SUM.search(part.before):
        return topic + "合计"
    if not core and not part.index and (total := _TOTAL.get(noun_of(mention.quantity))):
        return total
    if part.is_part and part.kind == "percent" and part.after.startswith(("为", "是")):
        core += "占"
    if part.is_part and not core.endswith(("占", "占比")) and not _alike(sentence, mention):
        return core
    return leant(core, topic, is_part=part.is_part)


def _topic(sentence: Sentence, mention: Mention, before: Sentence | None, depth: int) -> str:
    """What was counted last before a quantity and says by itself what it is.

    What changed or what has a share may itself be a share or a part: 占比7.3%,提高1.1个百分点.
    """
    part = parted(sentence, mention)
    own, lead = label_core(part), _lead(part)
    if len(own) == 1 and lead:
        return lead
    at = _index(sentence, mention)
    for earlier in reversed(sentence.mentions[max(0, at - BACK) : at]):
        other = parted(sentence, earlier)
        if own and (other.holds(part.at) or (is_rate(own) and other.kind == "percent")):
            continue
        if found := _told(own, other, sentence, earlier, before, depth):
            return found
    if lead or before is None or not needs_more(own):
        return lead
    for earlier in reversed(before.mentions[-BACK:]):
        if found := _told(own, parted(before, earlier), before, earlier, None, depth):
            return found
    return ""


def _told(  # noqa: PLR0913, PLR0917 — where it stands is a sentence, the one before, and a place
    own: str,
    other: QuantityContext,
    sentence: Sentence,
    mention: Mention,
    before: Sentence | None,
    depth: int,
) -> str:
    """What another quantity measures, if it is what `own` may lean on."""
    core = label_core(other)
    if compares(core) or other.is_comparison or (own and (changes(core) or other.is_multiple)):
        return ""
    if changes(own) or shares(own) or not own:
        return resolve(sentence, mention, before, depth - 1)
    return "" if is_elliptical(core, is_part=other.is_part) else core


def _lead(part: QuantityContext) -> str:
    """The clause right before, where it has no quantity but says what was done."""
    ahead = part.text[: max(0, part.clause.start - 1)]
    for clause in (ahead[span.slice] for span in reversed(clause_spans(ahead))):
        words = trimmed(clause)
        if BLANK in clause:
            break
        if len(words) > 3 and not compares(words):
            return words
    return ""


def _continued(sentence: Sentence, mention: Mention, core: str) -> str:
    """The core, with the verb of the item before it if that stands right before its clause."""
    at = _index(sentence, mention)
    part = parted(sentence, mention)
    if not at or part.index or part.after or part.is_part:
        return core
    earlier = sentence.mentions[at - 1]
    last = parted(sentence, earlier)
    if part.clause.start != last.at.end + 1 or part.text[last.at.end] not in ",，":
        return core
    return next_of_list(core, label_core(last), same=_unit(earlier) == _unit(mention))


def _alike(sentence: Sentence, mention: Mention) -> bool:
    """Whether a quantity before counts in the same unit, as a whole does of its part."""
    at = _index(sentence, mention)
    return _unit(mention) in {_unit(m) for m in sentence.mentions[max(0, at - 2) : at]}


def _index(sentence: Sentence, mention: Mention) -> int:
    """Which of its sentence's mentions one is: they stand in order."""
    return bisect_left(sentence.mentions, mention.at.start, key=lambda m: m.at.start)


def _unit(mention: Mention) -> str | None:
    return mention.quantity.unit if mention.quantity else None
