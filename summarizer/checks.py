"""Checks that a schema's fields may carry: `Annotated[str, standalone]`.

A check refuses an answer with one Chinese line that says what to do: the line goes back to the
model when the item is asked again.
"""

import re

from pydantic import AfterValidator

_DANGLING = re.compile(r"^(?:其中|同时|此外|并且?|以及|他们?|她们?|该|这|那)|[、,,::;;]$")


def _standalone(text: str) -> str:
    """Refuse words that lean on a sentence nobody sees: 其中贫困户, 该村."""
    if _DANGLING.search(text):
        raise ValueError(f"“{text}”单独看不懂,请写成完整的短语")
    return text


standalone = AfterValidator(_standalone)
