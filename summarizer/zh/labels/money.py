"""Money by what it went into: 投资|340万元|改造电网 → 改造电网投资."""

from __future__ import annotations

import re

from summarizer.zh.action_verbs import has_action_verb
from summarizer.zh.labels.clauses import QuantityContext
from summarizer.zh.labels.ellipsis import joined
from summarizer.zh.labels.phrases import BLANK, last_verb, trimmed
from summarizer.zh.segment import CLAUSE_MARKS

_SPENT = re.compile(
    "(?<!总)(?:累计|计划|共|先后|预计)*(投入|投资|筹资|筹集|筹措|出资|自筹|统筹|拨付|拨款|整合|落实|安排|争取"
    "|编列|预留|下拨|用|花费?|利用)"
    "((?:各[类级]|财政|扶贫|项目|产业|专项|帮扶|衔接|水利)*(?:资金|经费)?(?:新台币)?)$"
)
_FUND = re.compile("的?[一-鿿]{0,4}资金")
_NOMINAL = frozenset(["投资", "筹资", "出资", "拨款"])  # verbs that name the money, too
_USED = frozenset(["用", "花", "花费", "利用"])
_PURPOSED = frozenset(["投入", "投资", "筹资", "出资", "统筹", "自筹", "利用", "用"])
_NEXT = re.compile(f"([^{CLAUSE_MARKS}{BLANK}]+)({BLANK}*[^{CLAUSE_MARKS}]*)")


def spent(part: QuantityContext) -> str:
    """What money went into, with the verb by which it did; "" where the clause does not say."""
    match = _SPENT.search(part.before) if part.kind == "money" else None
    if match is None:
        return ""
    who = trimmed(part.before[: match.start()])
    if last_verb(who) or has_action_verb(who):  # 完成水利投资: no verb, but what was done
        return ""
    fund = _FUND.match(part.rest)
    what = trimmed(part.rest[fund.end() :] if fund else part.rest)
    if not what and (not part.last or joined(part.text[part.at.end : part.clause.end])):
        return ""
    if not what and match[1] in _PURPOSED and (match[2] in ("", "资金") or match[1] == "利用"):
        what = _purpose(part)
    if not has_action_verb(what):
        return ""
    return who.removesuffix("在") + what + _kind(match, fund[0] if fund else "")


def _kind(match: re.Match[str], fund: str) -> str:
    """What the money is called: 投入资金, 投资, 扶贫资金."""
    verb, own = match[1], match[2].removesuffix("新台币")
    if fund and not own:
        return fund if verb in _USED else verb + fund
    if verb in _USED and not own:
        return "金额"
    return verb + (own or ("" if verb in _NOMINAL else "资金"))


def _purpose(part: QuantityContext) -> str:
    """What the next clause does with the money, with 等 where more is told of."""
    match = _NEXT.match(part.beyond)
    if match is None:
        return ""
    words = trimmed(match[1] + match[2])
    more = has_action_verb(part.beyond[match.end() :])
    return (words + ("等" if more else "")) if has_action_verb(words[:4]) else ""
