"""What an amount in a unit is called, where the words do not say it: 户数, 面积, 金额."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from summarizer.types import Quantity
from summarizer.zh.labels.ellipsis import GREW
from summarizer.zh.lexicon import cells

_MONEY = (
    "资金|经费|收入|收益|支出|开支|投资|投入|工资|月薪|年薪|工钱|贷款|增收|分红|补贴|补助|补偿|资助|奖金|款|费|费用"
    "|税收|利润|成本|价格|均价|产值|价值|总值|增加值|总?额|余额|外资|筹资|出资|捐款|养老金|债券|流转费|GDP|罚款|预算|合计"
)
_RATE = "率|比例|比重|占比|度|增幅|降幅|增速|涨幅|幅度|指数"
_NUMBER = "[^分少多]数|数量|次数|人次|场次|户数|人数|总量|产量|存量|人口"
_SIZE = (
    "面积|里程|长度|全长|总长|距离|体重|海拔|高度|宽度|深度|重量|体积|库容|容积|容量|能力|产量|销量|存量|总量|[用供排发]水量"
    "|发电量|吞吐量|[^数力质]量|总?动力|时长|时间|时限|期限|工期|年限|年龄|天数|平均住院日|浓度|规模|倍数|结构"
)
_SHARE = f"{_RATE}|倍数|比"
_OF_KIND = {
    "money": _MONEY,
    "percent": _SHARE,
    "ratio": _SHARE,
    "count": _NUMBER,
    "frequency": _NUMBER,
    "age": "年龄",
}
_OWN_ONLY = frozenset(["户数", "人次"])  # units that no other number's noun can stand for
_PEOPLE = frozenset(["户数", "人数", "人次"])
_GENERAL = re.compile("(?:(?<!总)数量|人数|户数|人次)$")
_FAMILIES = (
    ("金额|资金|经费|收入|投资|工资", frozenset(["money", "percent", "percent_point", "ratio"])),
    ("面积", frozenset(["area", "percent", "percent_point", "ratio"])),
    ("人数|户数|人次|数量", frozenset(["count", "frequency", "mass", "volume", "other"])),
    ("率|比例|占比|比重", frozenset(["percent", "percent_point", "ratio"])),
)
_PRODUCED = re.compile("(?:[年日]产|总产|出栏|存栏|外销|内销|减碳|减排|[日年]供水|产销)$")
_ACROSS = (  # which way a length is measured
    (re.compile("宽(?![带敞裕容松度])"), "宽度"),
    (re.compile("(?<![水树身净提])高$|加高|增高"), "高度"),
    (re.compile("(?<!水)深$|挖深|加深"), "深度"),
    (re.compile("厚$"), "厚度"),
)
_LENGTH = re.compile("[水树身净](?:高|深)$|直径|半径|口径|周长")
_BRACKETED = re.compile("[（(][^（）()]*[）)]$")
_OF_WHOLE = re.compile("占[^,，]{2,}?的?$")


def with_noun(core: str, quantity: Quantity | None) -> str:
    """A core with what an amount in its unit is called, unless it ends in such a noun."""
    kind, noun = quantity.kind if quantity else "count", noun_of(quantity)
    bare = _BRACKETED.sub("", core)
    if kind in ("percent", "ratio"):
        return _with_share(core.removesuffix("连续"), bare.removesuffix("连续"), noun)
    if kind == "percent_point":
        return core if core.endswith("幅度") else core + noun
    if core.endswith(noun):
        return core
    if kind == "length" and re.search("距(?!离$)[^,，]{1,8}$", bare):
        return core + "距离"
    if kind == "length" and noun == "长度":
        return _with_length(core, bare)
    if _PRODUCED.search(bare):
        return core + "量"
    own = noun if noun in _OWN_ONLY else _OF_KIND.get(kind, _SIZE)
    if kind == "count" and noun not in ("户数", "人数", *_OWN_ONLY):
        own += "|" + _SIZE
    return core if re.search(f"(?:{own})$", bare) else core + noun


def of_unit(label: str, quantity: Quantity | None) -> str:
    """A label with its unit's own noun, where it has a general one or another's.

    改厕数量 of 218户 is 改厕户数; 分红人数 of 122户 is 分红户数.
    """
    own = noun_of(quantity)
    general = _GENERAL.search(label)
    if general and own != all_nouns()["*"] and general[0] != own:
        swaps = general[0] == "数量" or own in _PEOPLE
        label = label[: general.start()] + own if swaps else label
    return with_noun(label, quantity)


def is_unlike(label: str, quantity: Quantity | None) -> bool:
    """Whether a label ends in the noun of another kind of unit: 面积 for money."""
    kind = quantity.kind if quantity else "count"
    return any(
        kind not in kinds and re.search(f"(?:{nouns})$", label) for nouns, kinds in _FAMILIES
    )


def _with_length(core: str, bare: str) -> str:
    """What a length is called: by which way it is measured, where the core says it.

    >>> _with_length("拓宽路面", "拓宽路面"), _with_length("堤坝高", "堤坝高")
    ('拓宽路面宽度', '堤坝高度')
    """
    if _LENGTH.search(bare) or re.search(f"(?:{_SIZE})$", bare):
        return core
    across = next((noun for way, noun in _ACROSS if way.search(bare)), "长度")
    return core.removesuffix(across[0]) + across


def _with_share(core: str, bare: str, noun: str) -> str:
    """What a share or a rate is called: 占比, 占财政支出比重, 增长, 覆盖率, or else 比例."""
    if bare.endswith("占"):
        return core + "比"
    if GREW.search(bare) or re.search(f"(?:{_SHARE})$", bare):
        return core
    if _OF_WHOLE.search(bare):
        return core.removesuffix("的") + "比重"
    return core + noun


def noun_of(quantity: Quantity | None) -> str:
    """What an amount in the quantity's unit is called."""
    if quantity and quantity.kind == "money":
        return "金额"
    nouns, kind = all_nouns(), quantity.kind if quantity else ""
    unit = (quantity.unit if quantity else None) or ""
    return nouns.get(unit) or nouns.get(f"*{kind}") or nouns["*"]


@lru_cache(maxsize=1)
def all_nouns() -> dict[str, str]:
    """The noun of each unit, as `measure_nouns.tsv` has them."""
    return {row[0]: row[1] for row in cells(Path(__file__).with_name("measure_nouns.tsv"))}
