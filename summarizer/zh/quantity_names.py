"""What a number is called in its sentence: the words of its label that stand before it.

The label is the grammar's draft; its unit words (夏粮[重量]), and what the number is compared with,
are no part of the name. The words are in `quantity_names.tsv`.
"""

from __future__ import annotations

import re
from pathlib import Path

from summarizer.zh.lexicon import by_kind
from summarizer.zh.measured import core, shared_by

LEAST = 2  # characters of a core that names something
_KINDS = by_kind(Path(__file__).with_name("quantity_names.tsv"))
_LEADS = rf"(?:{_KINDS['behind']}|\d{{4}}年[末底]?)+"
_BEHIND = re.compile(f"{_LEADS}$")
_VALUED = re.compile(rf"{_LEADS}\d[\d.,]*$")  # 收入比[为1.91]
_LASTING = re.compile(r"连续[\d一二两三四五六七八九十]+个?[年月季]度?[^,，;；、\d]{0,5}$")
_LASTS = re.compile("(?:连续|持续|历时|为期)$")
_BEFORE = re.compile(f"^(?:[全我][国省市县区州旗镇乡](?!性)|{_KINDS['before']})+(?=..)")
_ELSE = re.compile(f"^(?:已|分别)*(?:{_KINDS['else']})")
_BASIS = re.compile(f"(?:{_KINDS['basis']})$")
_ALL_ALIKE = re.compile("[、和及与]")
_CLAUSES = re.compile("[,，;；:：。]")
_NUMBERED = re.compile(r"\d[一-鿿]*[、和]")
_BOTH = re.compile("(?:均|都)(?:为|是|达到?|在)?$")


def quantity_names(label: str, before: str, direction: str = "") -> list[str]:
    """What a number is called by the words before it, most often by one name; none where by none.

    `direction` are the words of its direction, where it says by how much something moved. Several
    names share a number that is said of both alike.

    >>> quantity_names("夏粮重量", "其中夏粮")
    ['夏粮']
    >>> quantity_names("水泥产量比上年下降", "水泥产量203.6万吨,比上年下降", "下降")
    ['水泥产量']
    >>> quantity_names("发放农村低保金金额", "全年发放城市低保金3846万元、农村低保金")
    ['农村低保金']
    >>> quantity_names("", "其中增值税、企业所得税分别为13.28亿元、")
    ['企业所得税']
    >>> quantity_names("甲区、乙区覆盖率均", "甲区覆盖率、乙区覆盖率均为")
    ['甲区覆盖率', '乙区覆盖率']
    >>> quantity_names("同口径增长", "税收收入9亿元,同口径增长", "增长")
    []
    """
    if shared := shared_by(before):
        return _named(shared)
    clause = _CLAUSES.split(before)[-1]
    if _BOTH.search(clause) and len(parts := _ALL_ALIKE.split(clause)) > 1:
        return [name for part in parts for name in _named(part)]
    clause = _NUMBERED.split(clause)[-1]
    words = label
    while words and words not in before:
        words = words[:-1]
    if direction and direction in words:
        words = words[: words.rfind(direction)]
    found, own = _named(words), _named(clause)
    return found if found and (not own or found[0] in clause or direction) else own


def is_time_taken(before: str) -> bool:
    """Whether a length of time says how long something went on, and measures nothing.

    >>> is_time_taken("粮食总产量连续"), is_time_taken("平均预期寿命")
    (True, False)
    """
    return _LASTS.search(before) is not None


def _named(words: str) -> list[str]:
    """Some words as a name, if they are one."""
    words = _BEHIND.sub("", _LASTING.sub("", words))
    words = _BEHIND.sub("", _VALUED.sub("", _BEHIND.sub("", words)))
    words = _BEFORE.sub("", words.strip())
    is_name = len(core(words)) >= LEAST and not _ELSE.match(words) and not _BASIS.search(words)
    return [words] if is_name else []
