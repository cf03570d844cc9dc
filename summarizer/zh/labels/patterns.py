"""Clauses that tell of a quantity in a way of their own.

Whose age it is (67岁的老党员彭德厚), both ends of a change (由74%提升到82.6%), a measure before the
thing that has it (总库容1360万立方米的水库), and two that are told together (分别为79.6%和78.2%).
"""

from __future__ import annotations

import re

from summarizer.zh.labels.clauses import Part
from summarizer.zh.labels.counted import counted
from summarizer.zh.labels.leaning import GREW
from summarizer.zh.labels.phrases import BLANK, JOINERS, trimmed, verbs

_CHANGED = re.compile(
    "^(?:提高|提升|增加|增长|上升|扩大|下降|降低|减少|缩短|压缩|增|升|降|发展|扩展|恢复)了?[到至为成]"
)
_TURNS = {
    "提": "提高前",
    "增": "增加前",
    "上": "上升前",
    "升": "上升前",
    "扩": "扩大前",
    "下": "下降前",
    "降": "下降前",
    "减": "减少前",
    "缩": "缩短前",
    "压": "压缩前",
}
_FROM = re.compile("[从由][^从由]*$")
_MEASURED = re.compile(
    "(?:总?库容|总投资|投资|年产|占地(?:面积)?|建筑面积|总?面积|装机(?:容量)?|[总全]长|海拔|价值|造价"
    "|可容纳)$"
)
_PAID = re.compile("(?:月薪|年薪|月?工资|单价|价格)$")
_OF_WHICH = re.compile("的([^的,，]{2,12}?)(?=主体|建成|已|[一-鿿]?$|[、,，]|全|投|挂|竣|落|启)")
_FITS = re.compile("(.{1,4})的([^的,，]{2,14})$")
_NEXT_THING = re.compile(
    rf"(?:[^,，。;；]*[,，])??[^,，。;；]*的([^的,，、。{BLANK}]{{2,14}})(?=[,，。;；]|$)"
)


def aged(part: Part) -> str:
    """Whose age it is: 67岁的|老党员彭德厚."""
    if part.kind != "age":
        return ""
    for span, name in part.persons:
        if part.clause.covers(span):
            return name if span.end <= part.at.start else part.text[part.at.end : span.end]
    return ""


def turned(part: Part) -> str:
    """What changes, where both ends are told: 成品率由|60%|提高到|96%."""
    if not part.last and (match := _CHANGED.match(part.after)):
        topic = trimmed(_FROM.sub("", part.before)) if _FROM.search(part.before) else ""
        turn = _TURNS.get(match[0][0])
        return f"{topic}({turn})" if topic and turn else ""
    if not part.index:
        return ""
    if _CHANGED.match(part.before):
        previous = part.text[part.clause.start : part.marks[part.index - 1].start]
        return trimmed(_FROM.sub("", previous)) if _FROM.search(previous) else ""
    if re.fullmatch("[到至]", part.before) and (move := GREW.search(part.initial)):
        return part.initial[: move.start()]
    return ""


def measured(part: Part) -> str:
    """A measure before the thing that has it: 总库容|1360万立方米的龙头河水库."""
    match = _MEASURED.search(part.before)
    if match is None:
        return part.before if _PAID.search(part.before) and part.after[:1] == "的" else ""
    if part.after.startswith("的"):
        noun = _OF_WHICH.match(part.after)
        thing = counted(part.after[1:])[0] or (noun[1] if noun else "")
        return thing + match[0] if thing else ""
    inner = _FITS.match(part.after)
    if inner and match[0] == "可容纳":
        return inner[2] + part.before + inner[1]
    if not part.after and part.before[: match.start()][-2:] in verbs():
        next_thing = _NEXT_THING.match(part.beyond)
        return next_thing[1] + match[0] if next_thing else ""
    return ""


def apart(part: Part) -> str:
    """One of several that are told together: 高血压、糖尿病规范管理率分别为|79.6%|和|78.2%.

    The noun they share begins where the last item is longer than the others, which are as long as
    each other; where they are not, all stay together.
    """
    head = re.match("(.*?)分别", part.initial)
    items = re.split(f"[{JOINERS}]", trimmed(head[1])) if head else []
    lengths = {len(item) for item in items[:-1]}
    if len(items) != len(part.marks) or len(lengths) != 1 or len(items[-1]) <= max(lengths):
        return ""
    noun = items[-1][max(lengths) :]
    return items[part.index] + ("" if part.last else noun)
