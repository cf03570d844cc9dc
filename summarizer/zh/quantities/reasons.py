"""Why a numeral is `unknown`, in words, by the rule that said so."""

from __future__ import annotations

from summarizer.zh.quantities.lexicon import rows

REASONS = {row["rule"]: row["reason"] for row in rows("reasons.tsv")}
