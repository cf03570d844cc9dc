"""Checks that a schema's fields may carry: `title: Annotated[str, standalone, action]`.

A check refuses an answer with one Chinese line that says what to do; the line goes back to the
model when the item is asked again. What `unfit` refuses is no such item at all and is dropped
without asking.
"""

import re

from pydantic import AfterValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from summarizer.zh.action_verbs import has_action_verb, is_undone

UNFIT = "unfit"
_DANGLING = re.compile(r"^(?:其中|同时|此外|并且?|以及|他们?|她们?|该|这|那)|[、,，:：;；]$")


def unfit(message: str) -> PydanticCustomError:
    """The error for an answer that is no item of its list, however it is worded."""
    return PydanticCustomError("unfit", "{message}", {"message": message})


def _standalone(text: str) -> str:
    """Refuse words that lean on a sentence nobody sees: 其中贫困户, 该村."""
    if _DANGLING.search(text):
        raise ValueError(f"“{text}”单独看不懂,请写成完整的短语")
    return text


def _action(text: str, info: ValidationInfo) -> str:
    """Refuse a title without a verb of doing, where rules lead: 激情燃烧的岁月, 规模农场和就业工场.

    A model that leads has been told in words. Where its sentence was `judged` to tell of one, only
    what is yet to come, or was not done, is refused.
    """
    context = info.context or {}
    is_judged = context.get("judged") and not is_undone(text)
    if context.get("led") and not is_judged and not has_action_verb(text):
        raise unfit(f"“{text}”没有说做了什么")
    return text


standalone = AfterValidator(_standalone)
action = AfterValidator(_action)
impersonal = "impersonal"
"""Marks a text that may name no person: what one person did is told elsewhere."""
