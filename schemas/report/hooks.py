"""How a work report helps a small model: which sentences tell of a measure, and how many.

A work report tells of what was done, with many words of praise around it.
"""

import re
from collections.abc import Sequence

from summarizer.zh.action_verbs import has_action_verb, has_strong_action
from summarizer.zh.agents.roles import parties
from summarizer.zh.labels.drafts import draft_title
from summarizer.zh.misdeeds import tells_of_wrong
from summarizer.zh.names import Name
from summarizer.zh.names.offices import is_office
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence, clause_spans

_SHORT = 18  # characters: a shorter first sentence that says no number announces what follows
_DOINGS = 3  # clauses with a verb of doing that are told as one action
_MOST_DONE = 2  # actions that one sentence may tell of
_LISTED = re.compile(r"[一二三四五六七八九十]+是")
_FIRST_PERSON = re.compile(r"[“「『\"][^”」』]{0,20}[我俺咱]")


def candidates(sentences: Sequence[Sentence]) -> list[list[Name]]:
    """The parties of each but administrative offices, whose deeds are their duty."""
    return [[one for one in parties(each) if not is_office(one.text)] for each in sentences]


def may_be_cited(sentence: Sentence, following: Sentence | None) -> bool:
    """Whether it does not only announce.

    Headings do, short sentences without a quantity or a name that open a paragraph or an item of a
    list (积极开展光伏扶贫。), and what somebody says of himself in quotes.
    """
    if sentence.heading:
        return False
    bare = not sentence.mentions and not sentence.names
    leads = following is not None and following.paragraph == sentence.paragraph
    announces = sentence.opens or bool(_LISTED.match(sentence.text))
    if bare and leads and announces and len(sentence.text) < _SHORT:
        return False
    return not (bare and _FIRST_PERSON.match(sentence.text))


def is_left_out(sentence: Sentence) -> bool:
    """Sections of plans and of problems tell of no measure taken and of nobody held up."""
    return sentence.section_kind != "deeds"


def may_report(sentence: Sentence) -> bool:
    """Whether it tells of something done: by an act, or by a doing that is counted.

    坚持…, 推进…, 加强… without a count are what every report opens and closes with; what went wrong
    is no measure.
    """
    text = fold(sentence.text)
    if tells_of_wrong(text):
        return False
    return has_strong_action(text) or (bool(sentence.mentions) and has_action_verb(text))


def must_report(sentence: Sentence, names: Sequence[Name]) -> bool:  # noqa: ARG001 — a hook
    """Whether it names no person, who may have done it.

    What a small model leaves out of such is left out by chance.
    """
    return not any(name.kind == "person" for name in names)


def most_actions(text: str) -> int:
    """One, or two where a sentence has many verbs of doing.

    What it tells of belongs together; asked for more, a small model tells it in parts.
    """
    doing = sum(has_action_verb(text[clause.slice]) for clause in clause_spans(text))
    return max(1, min(-(-doing // _DOINGS), _MOST_DONE))


def fallback_title(text: str) -> str:
    """The sentence's own words for what was done."""
    return draft_title(text)
