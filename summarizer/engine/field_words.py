"""What is asked of a field, in words: its description, then what its type and its hints add."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic.fields import FieldInfo

from summarizer.engine.field_types import FieldType, is_of_dates, type_of
from summarizer.engine.lines import in_language
from summarizer.engine.pick_checks import Setting, dated_hints
from summarizer.fields import Change


def field_words(fields: Mapping[str, FieldInfo], setting: Setting) -> dict[str, str]:
    """Each field by its name, in words for the model.

    >>> from summarizer.fields import Money, ask
    >>> gdp = FieldInfo.from_annotated_attribute(Money | None, ask("生产总值", year=-1))
    >>> field_words({"gdp": gdp}, Setting(2024))
    {'gdp': 'gdp(生产总值;只要2023年的;选一个数量的代号,没有写 null)'}
    """
    return {name: _words(name, info, setting) for name, info in fields.items()}


def with_choices(words: str, tree: FieldType) -> str:
    """What is asked of a field, with what it may be one of: a small model sees no JSON Schema.

    >>> from typing import Literal
    >>> with_choices("status(整改情况)", FieldType(Literal["已整改", "未整改"]))
    'status(整改情况;只写 已整改、未整改 中的一个)'
    """
    if not tree.choices:
        return words
    told = f"只写 {'、'.join(tree.choices)} 中的一个"
    return f"{words[:-1]};{told})" if words.endswith(")") else f"{words}({told})"


def _words(name: str, info: FieldInfo, setting: Setting) -> str:
    tree, said = type_of(info), dated_hints(info.metadata, info.description or "")
    parts: list[str] = []
    if said.year is not None and setting.year is not None:
        parts.append(f"只要{setting.year + said.year}年的")
    if said.goal is not None:
        parts.append("是目标、计划数" if said.goal else "不要目标、计划数")
    if tree.picks:
        parts.append(_how(tree))
    elif tree.inner is not None and tree.inner.is_verbatim:
        parts.append("照抄原文,写成列表")
    elif tree.is_verbatim and tree.is_optional:
        parts.append("照抄原文,没有写 null")
    worded = [info.description or "", *(in_language(part, setting.language) for part in parts)]
    shown = (";" if setting.language == "zh" else "; ").join(filter(None, worded))
    return f"{name}({shown})" if shown else name


def _how(tree: FieldType) -> str:
    """How a pick is answered."""
    if not tree.is_bare:
        return "里面的数量、日期写代号"
    what = "、".join(dict.fromkeys(_kind(pick) for pick in tree.picks))
    if tree.inner is not None:
        return f"选{what}的代号,写成列表,没有写 []"
    return f"选一个{what}的代号,没有写 null"


def _kind(tree: FieldType) -> str:
    if is_of_dates(tree):
        return "日期"
    is_change = tree.pick is not None and issubclass(tree.pick, Change)
    return "增减的数量或“持平”" if is_change else f"数量({tree.unit})" if tree.unit else "数量"
