"""Two or three sentences over verified facts, with placeholders where the numbers go."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, WithJsonSchema, create_model

from summarizer.extract.ask import Asker
from summarizer.extract.drafts import plain
from summarizer.grounding import borrowed, shared, stray_numbers
from summarizer.prompt import Messages, Template, example_texts
from summarizer.script import fold
from summarizer.types import Figure

NUMERALS = "0-9０-９%％一二三四五六七八九十百千万亿两"
_NUMERAL = re.compile(f"[{NUMERALS}]")
PLACEHOLDER = re.compile(r"\{(f\d+)\}")
_OPENING = re.compile(r"([^，。；,;{}]*)([，。；,;])(.*)", re.DOTALL)
_UNTOLD = re.compile(
    r"(?:数量?|[人户次]数|金额|资金|面积|里程|比例|时间|经费|收入|产值)(?:情况)?$|分别为|为[^为]{0,12}数|[的了和与及在对为以于]$|通过$|[()（）]"
)
MOST_FIGURES = 9
MOST_TOLD = 5
OPENING = 26  # characters of an opening at most; one of so many was cut
MOST_MEASURES = 6
COMPOSED = 4
ROOM = 60  # characters of titles that one sentence takes
BESIDE = 2  # figures of one sentence that are told
LONG = 18  # characters of a label that is too long to be read in a row
SHORTEST, LONGEST = 20, 300
BEHIND = 0.5  # share of a figure's label that the words before its number must have
REACH = 40  # how many characters before a number those words may take
OWN = 0.6  # share of the overview's characters that the facts must have


def messages(
    figures: Sequence[Figure], titles: Sequence[str], place: str | None, template: Template
) -> Messages:
    """The request: where, what was done, and the figures that may be used by their ids."""
    told = [(f.id, fold(f.label)) for f in figures]
    return template.messages(
        place=fold(place or ""), measures=[fold(t) for t in titles], figures=told
    )


def write_overview(figures: Sequence[Figure], asked: Messages, asker: Asker) -> str:
    """The overview with its placeholders still in it.

    Raises AnswerRejected when the model keeps writing numbers or unknown placeholders.
    """
    answer: BaseModel = asker.ask(
        asked, _answer(figures, asked), max_tokens=240, about="overview.v1"
    )
    overview: str = getattr(answer, "overview").strip()  # noqa: B009 — made by create_model
    return overview


def fill(overview: str, figures: Sequence[Figure]) -> str:
    """The overview with each placeholder replaced by the figure's text in the source.

    What only looks like one, in words of the source, stays.

    >>> fill("投入资金{f1}。", ())
    '投入资金{f1}。'
    """
    texts = {f.id: f.text for f in figures}
    return PLACEHOLDER.sub(lambda m: texts.get(m[1], m[0]), overview)


def tellable(titles: Sequence[str], persons: Sequence[str] = ()) -> list[str]:
    """The titles an overview may be written from: those without a numeral, each once.

    A numeral inside the name of one of these persons is none.

    >>> tellable(["周二妮办起豆腐坊", "办起三家豆腐坊"], ["周二妮"])
    ['周二妮办起豆腐坊']
    """
    plain_ones = (title for title in titles if not _has_numeral(title, persons))
    return list(dict.fromkeys(plain_ones))[:MOST_MEASURES]


def _has_numeral(words: str, persons: Sequence[str]) -> bool:
    words = fold(words)
    for name in persons:
        words = words.replace(name, "")
    return _NUMERAL.search(words) is not None


def compose(figures: Sequence[Figure], titles: Sequence[str], place: str | None) -> str:
    """An overview of two sentences from titles and labels: what was done, and how much.

    >>> compose((), ("整修水渠", "举办培训班"), "青石镇")
    '青石镇整修水渠，举办培训班。'
    """
    done = ""
    for title in (fold(one) for one in titles[:COMPOSED]):
        if done and len(done) + len(title) > ROOM:
            break
        done += "，" * bool(done) + title
    first = f"{fold(place or '')}{done}。" if done else ""
    told = "，".join(fold(f.label) + "{" + f.id + "}" for f in _chosen(figures))
    return first + (f"{told}。" if told else "")


def _chosen(figures: Sequence[Figure]) -> list[Figure]:
    """The weightiest figures in text order, no more than two of a sentence."""
    chosen: list[Figure] = []
    for figure in sorted(figures, key=lambda f: (-_weight(f), f.span)):
        beside = sum(figure.evidence.span == other.evidence.span for other in chosen)
        if beside < BESIDE and len(chosen) < COMPOSED:
            chosen.append(figure)
    return sorted(chosen, key=lambda f: f.span)


def notable(figures: Sequence[Figure], persons: Sequence[str] = ()) -> list[Figure]:
    """The figures an overview may use: no numeral in the label, the weightiest, in text order."""
    tellable_ones = [f for f in figures if not _has_numeral(f.label, persons)]
    ranked = sorted(tellable_ones, key=lambda f: (-_weight(f), f.span))
    return sorted(ranked[:MOST_FIGURES], key=lambda f: f.span)


def _weight(figure: Figure) -> float:
    """Money and people before things, large before small: a rough order of what readers ask for.

    What is one party's own, still a target, or long-winded stands back.
    """
    first = {"money": 2.0, "percent": 1.0, "area": 1.0}.get(figure.kind, 0.0)
    people = 1.0 if figure.unit in {"人", "户", "名", "人次"} else 0.0
    back = 1.0 * bool(figure.subject) + 2.0 * ("目标" in figure.label) + (len(figure.label) > LONG)
    return first + people - back + min(len(str(int(abs(figure.value)))), 8) / 4


def _answer(figures: Sequence[Figure], asked: Messages) -> type[BaseModel]:
    """The overview as words and placeholders in turn, each behind the words it belongs to."""
    told = asked[-1]["content"]
    labels = {f.id: fold(f.label) for f in figures}

    def proved(text: str) -> str:
        bare = PLACEHOLDER.sub("", text)
        if re.search(r"[\d{}]", bare) or stray_numbers(bare, told):
            raise ValueError("概述里不能写数字,请改成给出的代号")
        if shared(bare, told) < OWN:
            raise ValueError("概述里有事实里没有的话,请只用给出的事实")
        if borrowed(bare, example_texts(asked), told):
            raise ValueError("概述里有例子里的话,请只用给出的事实")
        placed = list(PLACEHOLDER.finditer(text))
        for match in placed:
            used, ahead = match[1], PLACEHOLDER.sub("", text[: match.start()])
            if used not in labels:
                raise ValueError(f"没有代号{used},只能用给出的代号")
            if shared(plain(labels[used]), ahead[-REACH:]) < BEHIND:
                raise ValueError(f"{{{used}}}前面要写“{labels[used]}”")
        used_once = {match[1] for match in placed}
        if len(used_once) < min(2, len(labels)):
            raise ValueError("请用代号写出几个主要数字")
        if len(used_once) < len(placed):
            raise ValueError("每个代号只用一次")
        return _opened(text)

    shape = {"type": "string", "pattern": _pattern(labels)}  # a maxLength beside it would undo it
    field = Annotated[
        str,
        Field(min_length=SHORTEST, max_length=LONGEST),
        AfterValidator(proved),
        WithJsonSchema(shape),
    ]
    return create_model("Overview", overview=(field, ...))


def _opened(text: str) -> str:
    """The overview with an opening that is whole: cut at its last 、 where it ran into its limit.

    Raises ValueError for an opening that announces a number and does not tell it.

    >>> _opened("柳溪镇通过抓班子、带队伍和建阵地、压实帮扶责任人定期测,修路里程{f1}。")
    '柳溪镇通过抓班子、带队伍和建阵地,修路里程{f1}。'
    """
    match = _OPENING.match(text)
    if match is None:  # it begins with a fact
        return text
    opening, mark, rest = match.groups()
    if not len(opening) < OPENING:
        opening = opening.rpartition("、")[0]
    if not opening or _UNTOLD.search(opening):
        raise ValueError("第一句只说做了什么,不要提数量")
    return f"{opening}{mark}{rest}"


def _pattern(labels: Mapping[str, str]) -> str:
    """Guides decoding: an opening without a numeral, then labels with their placeholders.

    Left to itself a small model hangs the placeholders on whatever it has just written.
    """
    words = rf"[^{{}}A-Za-z.，。；,;:：()（）{NUMERALS}]"
    opening = rf"{words}{{4,{OPENING}}}"
    if not labels:
        return f"^{opening}。$"
    fact = "|".join(rf"{re.escape(label)}\{{{id_}\}}" for id_, label in labels.items())
    least, most = min(3, len(labels)) - 1, MOST_TOLD - 1
    return rf"^{opening}[，。]({fact})([，；。](其中|同时|此外)?({fact})){{{least},{most}}}。$"
