"""Whether a sentence or a name may be an item at all, by how likely the model's yes is.

What a small model writes of it is as good as a coin; how sure it is of its first word is not. One
token is asked for each, and what is judged to be no item is not asked about further.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from summarizer.engine.answers import telling
from summarizer.engine.ask import StructuredCaller
from summarizer.engine.item_list import ItemList
from summarizer.engine.passage import AskedPassage, Refused
from summarizer.engine.prompt import Messages, Template
from summarizer.engine.schema import Schema

SHOWN = 200  # characters of the sentences in which a name acts


@dataclass(frozen=True, slots=True)
class Judge:
    """Asks by `templates`, one a list; of a list without one everything may be an item."""

    asker: StructuredCaller
    templates: Mapping[str, Template]

    def sifted(self, passage: AskedPassage, schema: Schema) -> AskedPassage:
        """The passage without what is judged to be no item."""
        names: set[str] = set()
        numbers: dict[str, frozenset[int]] = {}
        for listed in schema.lists:
            no = self._refused(listed, passage)
            if listed.names:
                names |= {name for party in no for name in passage.name_groups[str(party)]}
            elif no:
                numbers[listed.name] = frozenset(int(key) for key in no)
        if not names and not numbers:
            return passage
        refused = Refused(frozenset(names), numbers)
        return AskedPassage(passage.chunk, passage.hooks, is_led=passage.is_led, refused=refused)

    def _refused(self, listed: ItemList, passage: AskedPassage) -> set[str | int]:
        template = self.templates.get(listed.name)
        if template is None:
            return set()
        asked = questions(listed, passage, template)
        return {key for key, messages in asked.items() if self._no(template, messages)}

    def _no(self, template: Template, messages: Messages) -> bool:
        yes, no = template.choices
        odds = self.asker.odds(messages, (yes, no), about=template.id)
        return odds is not None and odds < template.least


def questions(
    listed: ItemList, passage: AskedPassage, template: Template
) -> dict[str | int, Messages]:
    """What is asked of a passage for one list, by party or by the number of a sentence."""
    if listed.names:
        return {
            party: template.messages(text=_told_of(passage, names[0]), name=party)
            for party, names in passage.name_groups.items()
        }
    if not listed.is_of_actions:
        return {}
    return {
        number: template.messages(text=passage.texts[number - 1])
        for number in telling(listed, passage).values()
    }


def _told_of(passage: AskedPassage, name: str) -> str:
    """The sentences in which a name acts."""
    return "".join(passage.texts[number - 1] for number in passage.where(name))[:SHOWN]
