"""What the answers cost, a document. `of` is 1: the pooled value is the mean."""

from __future__ import annotations

from ..scores import Score
from .trial import Trial


def spent(trial: Trial) -> list[Score]:
    """Requests, re-asks, tokens read and written, seconds, and the share right at first try."""
    usage = trial.view.usage
    names = ("requests", "reasks", "prompt_tokens", "completion_tokens", "seconds")
    scores = [Score(f"cost.{name}", float(usage.get(name, 0)), 1) for name in names]
    asked, again = usage.get("requests", 0), usage.get("reasks", 0)
    scores.append(Score("answers.first_try", max(0, asked - 2 * again), max(0, asked - again)))
    if usage.get("cost") is not None:
        scores.append(Score("cost.money", float(usage["cost"]), 1))
    return scores
