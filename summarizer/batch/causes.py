"""What to do about an error of one document: try again, set it down, put it back, or stop all.

| the error | what is done |
|---|---|
| the file cannot be read, is empty, is too large | failed at once: it will not get better |
| a wrong key, an unknown model, no quota, nobody there; settings or local model unusable | stop |
| the endpoint gave no good answer after all its retries | tried again later, three times in all |
| answers rejected or cut, and no smaller request helped | the same |
| a replay without the stored answer | failed at once |
| the batch is stopping | put back, not counted |
| anything unexpected | failed at once, with the error's type |
"""

from __future__ import annotations

from typing import Literal

from summarizer.batch.gate import Stopped
from summarizer.errors import (
    ConfigError,
    ModelError,
    ModelRefused,
    ModelUnavailable,
    StoredAnswerMissing,
)

Verdict = Literal["again", "failed", "back", "stop"]

ATTEMPTS = 3


def judge(error: BaseException, *, was_read: bool, is_local: bool) -> Verdict:
    """What to do; `was_read`: the document itself is good, so the trouble lies behind it.

    >>> judge(ModelRefused("401"), was_read=True, is_local=False)
    'stop'
    """
    if isinstance(error, Stopped):
        return "back"
    if isinstance(error, ModelRefused) or (was_read and isinstance(error, ConfigError)):
        return "stop"
    if is_local and isinstance(error, ModelUnavailable):
        return "stop"
    if isinstance(error, StoredAnswerMissing):
        return "failed"
    return "again" if isinstance(error, ModelError) else "failed"
