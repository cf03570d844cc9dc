"""Which templates a document is asked with: a schema's own, the general ones, those of the user."""

from __future__ import annotations

import re

from summarizer.documents.language import Language
from summarizer.engine.prompt import Template, load_template
from summarizer.engine.schema import Schema
from summarizer.errors import ConfigError
from summarizer.resources import resource

JUDGE = "judge."
GENERAL = {"passage": "passage.v2", "items": "items.v1"}
ALONE = "items.v3"  # asks about one sentence, with examples of other lists


def templates_for(
    first: str, wanted: str, schema: Schema, language: Language = "zh"
) -> dict[str, Template]:
    """The templates used by their kind: passage, figures, verbatim, items, judge.LIST, overview.

    Those of `wanted` take the place of others of their kind. A template of a user's schema lies
    beside it; each is taken in the language where there is one in it. Raises ConfigError for an id
    that is of no kind used here, or that there is no file of.
    """
    names = {"overview": "overview.v4"}
    if first == "passage":
        names[first] = _newest(first, schema)
    else:
        names |= {first: f"{first}.v1", "items": _newest("items", schema)} | _judges(schema)
    kinds = {_kind(name): kind for kind, name in names.items()}
    for given in filter(None, (one.strip() for one in wanted.split(","))):
        if _kind(given) not in kinds:
            raise ConfigError(
                f"prompts = {given!r} takes the place of none of: {', '.join(names.values())}"
            )
        names[kinds[_kind(given)]] = given
    own = None if schema.is_shipped else schema.path.parent
    loaded = {
        kind: load_template(
            name, own if _kind(name).endswith(f".{schema.name}") else None, language
        )
        for kind, name in names.items()
    }
    for kind, template in loaded.items():
        if kind.startswith(JUDGE) and len(template.choices) < 2:
            raise ConfigError(f"{template.id}.jinja: `choices` are its words, yes first")
    return loaded


def _kind(name: str) -> str:
    """A template's id without its version: figures, items.report."""
    return name.rpartition(".v")[0]


def _newest(kind: str, schema: Schema) -> str:
    """The schema's own words and examples if there are any, else the general ones.

    They lie in `prompts` for a shipped schema, beside the file for a user's, so that a user's
    `report.py` is not asked for with the shipped one's. The newest version is taken.
    """
    general = "items.v2" if kind == "items" and schema.has_picks else GENERAL[kind]
    if kind == "items" and _has_unguided(schema):
        general = ALONE
    return own_template(kind, schema) or general


def _has_unguided(schema: Schema) -> bool:
    """Whether nothing says where the items of some list are: no judge, name, verb, or number.

    Asked for them in several sentences, by words alone, a small model answers nothing for all.
    """
    judges = _judges(schema)
    return any(
        f"{JUDGE}{one.name}" not in judges
        for one in schema.lists
        if one.worded and not (one.names or one.is_of_actions or one.name_of_quantity)
    )


def own_template(kind: str, schema: Schema) -> str:
    """The newest template of a kind that is the schema's own, "" for none."""
    own = re.compile(rf"{re.escape(kind)}\.{re.escape(schema.name)}\.v(\d+)\.jinja")
    folder = resource("prompts") if schema.is_shipped else schema.path.parent
    versions = [int(found[1]) for path in folder.iterdir() if (found := own.fullmatch(path.name))]
    return f"{kind}.{schema.name}.v{max(versions)}" if versions else ""


def _judges(schema: Schema) -> dict[str, str]:
    """The templates that judge what may be an item of a list, by `judge.` and the list's name.

    And those that choose for a field of it that stands elsewhere, with the field's name behind.
    """
    kinds = [f"{JUDGE}{listed.name}" for listed in schema.lists]
    kinds += [f"{JUDGE}{one.name}.{name}" for one in schema.lists for name in one.chosen_elsewhere]
    return {kind: name for kind in kinds if (name := own_template(kind, schema))}
