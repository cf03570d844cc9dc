"""A compact listing of every fault, for people who tune prompts and rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .scores import Reason, Score

HEADLINES = {
    "figures": "f1 recall precision unit bound exact",
    "labels": "alike half own subject subject.precision whose period",
    "measures": "recall precision paired.f1 category",
    "titles": "alike",
    "exemplars": "f1 recall precision kind",
    "deeds": "alike",
    "roles": "alike",
    "grounding": "numbers spans values names",
    "about": "title place publisher stated",
    "coverage": "reached adds_up",
    "overview": "faithful backed",
    "truth": "f1 agreement",
    "cost": "requests reasks prompt_tokens completion_tokens seconds",
}
ORDER = ("invented", "broken", "failed", "false", "missed", "wrong", "differs")
REPEATING = ("measures.paired",)
"""Metrics whose reasons are mostly another's again; explained only where they differ."""


def headlines(scores: Iterable[Score]) -> Iterator[str]:
    """A line a family: `labels     alike .56 (23/41)  half .78 (32/41) …`.

    The lists of a schema of one's own come last, with all that is scored of them.
    """
    by_name = {score.metric: score for score in scores}
    for family, names in HEADLINES.items():
        metrics = [f"{family}.{name}" for name in names.split()]
        shown = [_short(by_name[m], family) for m in metrics if m in by_name]
        if shown:
            yield f"{family:10}" + "  ".join(shown)
    for family in dict.fromkeys(m.partition(".")[0] for m in by_name):
        if family not in (*HEADLINES, "answers"):
            shown = [_short(s, family) for m, s in by_name.items() if m.startswith(f"{family}.")]
            yield f"{family:10}" + "  ".join(shown)


def listing(scores: Iterable[Score], text: str) -> Iterator[str]:
    """A line a fault, the worst first: what it is, ours, gold's, and where it stands.

    A label that is wrong altogether is not listed again for its wording.
    """
    reasons = [r for s in scores for r in s.reasons if not s.metric.startswith(REPEATING)]
    labels = {r.ref for r in reasons if r.what.startswith("label ")}
    told = (r for r in reasons if not (r.what.startswith("wording") and r.ref in labels))
    ordered = sorted(told, key=lambda r: (ORDER.index(r.fault), r.what.split()[0]))
    yield from dict.fromkeys(_line(reason, text) for reason in ordered)


def _line(reason: Reason, text: str) -> str:
    gold = "gold " if reason.gold and reason.fault in ("missed", "wrong") else ""
    parts = [_cut(reason.ours), gold + _cut(reason.gold)]
    if reason.span is not None and reason.what.split()[0] not in ("measure", "category"):
        around = text[max(0, reason.span.start - 14) : reason.span.end + 12]
        parts.append(f"@{reason.span.start} …{around}…")
    who = f"{reason.ref}: " if reason.ref else ""
    return " ".join(f"{reason.fault} {reason.what} {who}{' | '.join(filter(None, parts))}".split())


def _short(score: Score, family: str) -> str:
    name = score.metric.removeprefix(f"{family}.")
    if score.value is None:
        return f"{name} –"
    if score.metric.startswith("cost."):
        return f"{name} {score.value:.0f}"
    return f"{name} {score.value:.3f} ({score.hit:g}/{score.of:g})"


def _cut(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
