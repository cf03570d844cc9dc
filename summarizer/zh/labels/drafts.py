"""A draft of a quantity's name, from the clause it stands in.

The draft is the clause without its quantities and its connectives, with the noun that the unit
calls for: 幫助全鎮[126戶]貧困群眾銷售畜禽 → 帮助全镇贫困群众销售畜禽户数. It is written from the
source's own words, so it is grounded whatever the model says, and it is what the model's own name
is held against.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.types import Mention
from summarizer.zh.action_verbs import has_action_verb
from summarizer.zh.broken import broken, completed, cut
from summarizer.zh.labels.ages import age_of
from summarizer.zh.labels.antecedents import resolve
from summarizer.zh.labels.clauses import parted
from summarizer.zh.labels.dimensions import described
from summarizer.zh.labels.english import english, is_english
from summarizer.zh.labels.measure_nouns import all_nouns, noun_of, with_noun
from summarizer.zh.labels.moves import source, unmoved
from summarizer.zh.labels.phrases import LONGEST, shortened, trimmed
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence, clause_spans

TITLE = 30  # characters of a title that nobody wrote
LISTED, LISTERS = 18, 2  # characters of a core, and persons in it, that are too many
MOST = 39  # characters of a label that runs on without a clause
SHORTER = 16  # characters of a core that is cut again
_DANGLING = re.compile("[他她它]们?|该(?:[区县市镇乡村局院校厂](?![长委民]))?|自己")
_NUMBERED = re.compile(r"^\s*\d{1,2}[.．、](?!\d)\s*")
_PRONOUN = re.compile("[他她它]们?家?的?")


def draft(
    sentence: Sentence,
    mention: Mention,
    before: Sentence | None = None,
    subject: str | None = None,
) -> str:
    """What `mention` seems to measure, in simplified characters; never empty.

    What a model's reader calls it comes first (`Sentence.labels`).

    `before` is the sentence that leads up to this one, used when the clause alone says too little;
    `subject` stands in for 他 and 其.
    """
    if told := dict(sentence.labels).get(mention.at):
        return with_noun(told, mention.quantity)
    part = parted(sentence, mention)
    if is_english(part.text, part.at):
        unit = mention.quantity.unit if mention.quantity and part.kind == "count" else None
        return english(part.text, part.at, part.others, unit or "") or noun_of(mention.quantity)
    if age := age_of(part, subject):
        return age
    moved = source(mention, sentence)
    core = unmoved(resolve(sentence, moved, before), moved, sentence)
    core = _named_subject(core, subject)
    core = _unlisted(core, [fold(n.text) for n in sentence.names if n.kind == "person"])
    names = [fold(name.text) for name in sentence.names]
    near = nearest(sentence, mention)
    first = [shortened(core, names, LONGEST), core]
    first.append(completed(first[0], sentence.text))
    first.insert(0, described(part))
    cores = [*first, *(_DANGLING.sub("", one) for one in first)]
    cores += [shortened(core, names, SHORTER), near, _DANGLING.sub("", near)]
    labels = (with_noun(one, mention.quantity) for one in cores if one)
    whole = (one for one in labels if len(one) <= MOST and not broken(one, sentence.text))
    return next(whole, noun_of(mention.quantity))


def nearest(sentence: Sentence, mention: Mention) -> str:
    """The words that stand next to a quantity: what it counts, or what it ends.

    The words behind it in its clause up to the next quantity, or, where none follow, those before
    it from the last quantity or 、 on: 改路[1200平方米] has 改路, [3个]村委、8个自然村 has 村委.
    """
    part = parted(sentence, mention)
    if part.after:
        return trimmed(re.split("[、和]", part.after)[0] if part.listed else part.after)
    return trimmed(re.split("[、和]", part.before)[-1]) or trimmed(part.before)


def draft_title(sentence: str) -> str:
    """What was done, from the first clause that has a verb of doing and is whole; "" for none.

    >>> draft_title("同时,我镇共投入60余万元修建水渠,解决了用水难题。")
    '投入60余万元修建水渠'
    """
    text = fold(sentence)
    clauses = (text[clause.slice] for clause in clause_spans(text))
    said = (_done(re.sub(r"^.{0,4}(?:同时|目前|今年|共)", "", one)) for one in clauses)
    told = [one for one in said if has_action_verb(one)]
    whole = [one for one in told if not broken(one, text)] or told
    short = [one for one in whole if not len(one) > TITLE]
    return cut((short or whole or [""])[0], TITLE)


def _done(clause: str) -> str:
    """A clause without what leads in; for whom it was done stays (为创业者提供贷款)."""
    words = trimmed(_NUMBERED.sub("", clause))
    return f"为{words}" if clause.startswith(f"为{words[:4]}") and words else words


def plain(label: str) -> str:
    """A label without the noun that only repeats its unit.

    >>> plain("贫困群众户数"), plain("销售收入")
    ('贫困群众', '销售收入')
    """
    nouns = sorted(set(all_nouns().values()), key=len, reverse=True)
    return re.sub(f"(?:{'|'.join(nouns)}|数)$", "", label)


def _unlisted(core: str, persons: Sequence[str]) -> str:
    """A long core without the list of those who did it: 甲、乙和丙从家中拿出|大衣橱."""
    found = [name for name in persons if name in core]
    if len(core) <= LISTED or len(found) < LISTERS:
        return core
    return core[max(core.index(name) + len(name) for name in found) :].lstrip("、和及与等")


def _named_subject(core: str, subject: str | None) -> str:
    """The core with its subject in place of a pronoun: 他还有两个孩子 → 孔祥轩孩子."""
    match = _PRONOUN.match(core)
    if match is None:
        return core
    return (subject or "") + re.sub("^有(?!机|关|效)", "", core[match.end() :])
