"""What is wrong with an answer, as one Chinese line that a model can act on.

Our own checks say it in Chinese already; what pydantic finds by itself (a missing key, a text too
long, a word that is no choice) it says in English and about types, which a small model cannot use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from summarizer.checks import UNFIT

_OWN = frozenset({"value_error", UNFIT})
_WHOLE = "整个回答"
_CHOICE = re.compile(r"'([^']*)'")
_WORDS = {
    "missing": "少了{key}",
    "extra_forbidden": "没有{key}这一项,请删去",
    "string_too_short": "{key}太短,至少要{min_length}个字",
    "string_too_long": "{key}太长,最多{max_length}个字",
    "too_short": "{key}太少,至少要{min_length}条",
    "too_long": "{key}太多,最多{max_length}条",
    "literal_error": "{key}只能写:{choices}",
    "enum": "{key}只能写:{choices}",
    "json_invalid": "不是完整的JSON",
    "none_required": "{key}只能写 null",
}
_UNQUOTED = r"(?=[;；](?:[^“”]|“(?:[^“”]|“[^“”]*”)*”)*$|$)"  # what follows closes what it opens
_ADVICE = re.compile(r",请[^;；“”]*" + _UNQUOTED)  # from ",please" on
_ENGLISH_ADVICE = re.compile(
    r": (?:copy|leave it|choose|use|say|write|correct)\b[^;；“”]*" + _UNQUOTED
)
_KINDS = {  # the first word of pydantic's type of error, and what is wanted then
    "string": "文字",
    "int": "整数",
    "float": "数字",
    "bool": " true 或 false",
    "list": "列表 […]",
    "tuple": "列表 […]",
    "set": "列表 […]",
    "dict": "对象 {…}",
    "model": "对象 {…}",
}


def for_reader(line: str) -> str:
    """What is wrong with an answer, without what its model was to do about it.

    What stands between quotation marks is the answer's own, and stays whole.

    >>> for_reader("“张三”不在所引的句子里,请照抄原文或改正编号")
    '“张三”不在所引的句子里'
    >>> for_reader("“Lane” is not in the sentences cited: copy the text or correct the numbers")
    '“Lane” is not in the sentences cited'
    >>> for_reader("“村民张三,请假3天”不在所引的句子里,请照抄原文")
    '“村民张三,请假3天”不在所引的句子里'
    """
    return _ENGLISH_ADVICE.sub("", _ADVICE.sub("", line))


def message(error: Exception) -> str:
    """All that is wrong, each thing once; every key by its name.

    >>> from pydantic import BaseModel, Field
    >>> class Road(BaseModel):
    ...     title: str = Field(max_length=4)
    ...     length: list[str]
    >>> try:
    ...     Road.model_validate_json('{"title": "硬化通村公路"}')
    ... except ValidationError as error:
    ...     message(error)
    '“title”太长,最多4个字;少了“length”'
    """
    if not isinstance(error, ValidationError):
        return _WORDS["json_invalid"]
    return ";".join(dict.fromkeys(_line(one) for one in error.errors()))


def each(error: ValidationError) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Where in an answer something is wrong, and what."""
    return ((one["loc"], _line(one)) for one in error.errors())


def _line(error: Mapping[str, Any]) -> str:
    kind = error["type"]
    if kind in _OWN:
        return str(error["msg"]).removeprefix("Value error, ")
    key, context = _key(error["loc"]), error.get("ctx") or {}
    if kind in _WORDS:
        choices = "、".join(_CHOICE.findall(str(context.get("expected", ""))))
        return _WORDS[kind].format(**context | {"key": key, "choices": choices})
    wanted = _KINDS.get(kind.partition("_")[0])
    return f"{key}要写成{wanted}" if wanted else f"{key}写得不对"


def _key(place: tuple[int | str, ...]) -> str:
    """The last key on the way to the fault, and of which item of a list it is."""
    names = [part for part in place if isinstance(part, str)]
    if not names:
        return _WHOLE
    after = place[len(place) - place[::-1].index(names[-1]) :]
    numbers = [part for part in place if isinstance(part, int)]
    if after:
        return f"“{names[-1]}”的第{numbers[-1] + 1}条"
    return f"第{numbers[-1] + 1}条的“{names[-1]}”" if numbers else f"“{names[-1]}”"
