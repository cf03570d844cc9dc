"""A schema module drives everything: what is asked, how answers are checked, the JSON, the tables.

A schema module is a Python file that defines one `Summary` subclass whose tuple fields hold `Item`
subclasses. `load_schema("report")` finds a shipped one, `load_schema("my.py")` or
`load_schema("my.py:Budget")` the caller's own; both are loaded from their path in the same way. A
genre is a folder: `schema.py`, and beside it what helps with it (`hooks.py`, lists of words).
"""

from __future__ import annotations

import dataclasses
import hashlib
import importlib.util
import json
import os
import sys
from dataclasses import dataclass
from functools import cached_property
from glob import escape
from pathlib import Path
from traceback import extract_tb
from typing import Any, Literal, get_args, get_origin

from summarizer import fields
from summarizer.engine.hooks import Hooks
from summarizer.engine.item_list import ItemList, OwnField
from summarizer.engine.refused_types import Place, refuse_field, refuse_names, refuse_own
from summarizer.errors import ConfigError
from summarizer.fields import hints
from summarizer.resources import resource
from summarizer.types import Item, Summary

SUMMARY_FIELDS = frozenset(fields.Summary.model_fields)
MODULE = "schema.py"
"""The file of a genre's folder that defines its Summary."""


@dataclass(frozen=True)
class Schema:
    """A loaded schema: its Summary class, its lists and where it came from."""

    id: str
    name: str
    model: type[Summary]
    path: Path
    hooks: Hooks = dataclasses.field(default_factory=Hooks)

    @cached_property
    def lists(self) -> tuple[ItemList, ...]:
        """The lists of items, in the order of the class."""
        found = []
        for name, field in self.model.model_fields.items():
            item = item_class(field.annotation)
            if item is not None:
                found.append(ItemList(name, item, is_judged=self._is_judged(name)))
        return tuple(found)

    def _is_judged(self, listed: str) -> bool:
        """Whether a prompt, a judge or a probe of its own says where the items of a list are."""
        prompts = resource("prompts") if self.is_shipped else self.path.parent
        own = escape(self.name)
        patterns = (f"items.{own}.v*.jinja", f"judge.{listed}.{own}.v*.jinja")
        has_prompt = any(any(prompts.glob(pattern)) for pattern in patterns)
        return has_prompt or any(self.path.parent.glob(f"{listed}.{own}.probe.json"))

    @cached_property
    def fields(self) -> dict[str, OwnField]:
        """The fields of the summary itself, in the order of the class."""
        lists = {listed.name for listed in self.lists}
        return {
            name: OwnField(name, field)
            for name, field in self.model.model_fields.items()
            if name not in SUMMARY_FIELDS and name not in lists
        }

    @property
    def has_picks(self) -> bool:
        """Whether it asks in another way than for labels and lists of words alone."""
        infos = [info for listed in self.lists for info in listed.fields.values()]
        is_elsewhere = any(hints(info.metadata).where for info in infos)
        has_own = bool(self.fields) or any(listed.picks for listed in self.lists)
        return has_own or is_elsewhere or not self.asks_labels

    @property
    def asks_labels(self) -> bool:
        """Whether the model is asked what each quantity counts."""
        return bool(getattr(self.model, "__labels__", True))

    @property
    def wants_overview(self) -> bool:
        """Whether a summary has an overview."""
        return bool(getattr(self.model, "__overview__", True))

    @property
    def told(self) -> frozenset[str] | None:
        """Which fields and lists an overview may tell of, and FIGURES; None: of all."""
        said = getattr(self.model, "__overview__", True)
        return None if isinstance(said, bool) else frozenset(said)

    @property
    def about(self) -> str:
        """What a summary is of, for the model: its class's docstring."""
        return (self.model.__doc__ or "").strip()

    @property
    def is_shipped(self) -> bool:
        """Whether it came with the tool."""
        return _is_shipped(self.path)

    @property
    def hash(self) -> str:
        """Of the file's bytes and its prompts': a summary made with others is another one."""
        beside = ["*.py", "*.tsv"] if self.path.name == MODULE else []
        patterns = [*beside, f"*.{escape(self.name)}.v*.jinja"]
        more = {file for pattern in patterns for file in self.path.parent.glob(pattern)}
        files = [self.path, *sorted(more - {self.path})]
        return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema of a whole summary, as it is written (decimals are strings)."""
        return self.model.model_json_schema(mode="serialization")

    def json_text(self) -> str:
        """What `schemas/<name>.json` holds."""
        return json.dumps(self.json_schema(), ensure_ascii=False, indent=2) + "\n"


def load_schema(name: str) -> Schema:
    """Load a shipped schema by name or one's own by path, as `FILE.py` or `FILE.py:Class`.

    The file is Python and runs: load only what you trust. Raises ConfigError when there is no such
    schema, when it cannot be imported, or when it does not define just one Summary.
    """
    where, _, wanted = name.partition(":")
    path = Path(where) if where.endswith(".py") else _folder(where)
    if not path.is_file():
        raise ConfigError(
            f"no schema file {where}; a schema is a Python file with items and a Summary"
        )
    module = _load(path)
    classes = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Summary)
        and value.__module__ == module.__name__
        and (not wanted or value.__name__ == wanted)
    ]
    if not classes and not wanted:
        raise ConfigError(
            f"{where} defines no Summary: write a class of it, as in class Report(Summary), "
            "with the fields and lists that are wanted"
        )
    if len(classes) != 1:
        raise ConfigError(
            f"{where} defines {len(classes)} Summary classes"
            f"{' called ' + wanted if wanted else ''}; it must be one (name it as FILE.py:Class)"
        )
    model = classes[0]
    default = model.model_fields["schema_id"].default
    called = path.parent.resolve().name if path.name == MODULE else path.stem
    id_ = default if isinstance(default, str) else called
    schema = Schema(id_, called, model, path, _hooks(path))
    _check(schema, where)
    return schema


def _check(schema: Schema, where: str) -> None:
    """Raise ConfigError for a schema that cannot be asked for."""
    model = schema.model
    annotation = model.model_fields["schema_id"].annotation
    ids = get_args(annotation) if get_origin(annotation) is Literal else (schema.id,)
    if schema.id not in ids:
        raise ConfigError(
            f"{model.__name__}.schema_id in {where} is declared as {ids[0]!r} and is "
            f"{schema.id!r}: write the same id in both places"
        )
    refuse_names(model, where)
    refuse_own(model, where)
    if not schema.lists and not schema.fields:
        raise ConfigError(
            f"{model.__name__} in {where} has no list of items and no field of its own: write "
            "tuple[YourItem, ...], or a field such as `gdp: Money | None = ask(…)`"
        )
    for listed in schema.lists:
        if unknown := [name for name in listed.item.__key__ if name not in listed.fields]:
            raise ConfigError(
                f"{listed.item.__name__} in {where} is declared with key={listed.item.__key__}, "
                f"and has no field {', '.join(unknown)}"
            )
        refuse_names(listed.item, where)
        refuse_own(listed.item, where)
        for field_name, field in listed.fields.items():
            refuse_field(Place(listed.item.__name__, field_name, where), field)
    for name, own in schema.fields.items():
        refuse_field(Place(model.__name__, name, where), own.info)
        if own.info.is_required() and not own.type.is_optional and own.type.inner is None:
            raise ConfigError(
                f"{model.__name__}.{name} in {where} must be able to say nothing: write `… | None`"
            )


def shipped() -> list[str]:
    """Names of the schemas that ship with the tool."""
    return sorted(p.parent.name for p in resource("schemas").glob(f"*/{MODULE}"))


def item_class(annotation: Any) -> type[Item] | None:
    """The Item class that a field lists: `tuple[Measure, ...]` or `list[Measure]`, else None."""
    if get_origin(annotation) not in (tuple, list):
        return None
    inner = next(iter(get_args(annotation)), None)
    return inner if isinstance(inner, type) and issubclass(inner, Item) else None


def _folder(name: str) -> Path:
    """The module of a genre: of a shipped one by its name, of the caller's own by its folder."""
    if name in shipped():
        return resource("schemas", name, MODULE)
    own = Path(name) / MODULE
    if not ("/" in name or os.sep in name) or not own.is_file():
        raise ConfigError(
            f"there is no schema {name!r}; shipped: {', '.join(shipped())}; "
            f"your own: a path ending in .py, or of a folder with a {MODULE}, as ./{name}"
        )
    return own


def _is_shipped(path: Path) -> bool:
    return path.resolve().parent.parent == resource("schemas").resolve()


def _hooks(path: Path) -> Hooks:
    """The hooks beside the module of a genre; the defaults where there are none."""
    file = path.with_name("hooks.py")
    if path.name != MODULE or not file.is_file():
        return Hooks()
    return Hooks.of(_load(file), str(file))


def _load(path: Path) -> Any:
    """Import a file as a module of its own, once, so that its classes pickle.

    A shipped one is `summarizer.schemas.<stem>`; a user's ends in a hash of its content, so that
    two files of one name keep apart, and copies on the machines of a batch are the same.
    """
    name = f"summarizer.schemas.{path.stem}"
    if path.name == MODULE:
        name = f"summarizer.schemas.{path.resolve().parent.name}"
    if _is_shipped(path):
        name = f"summarizer.schemas.{path.parent.name}"
        name += "" if path.name == MODULE else f".{path.stem}"
    else:
        name += f"_{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}"
    known = sys.modules.get(name)
    if known is not None:
        return known
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None  # its name ends in .py
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        at, kind = _line_of(error, path), type(error).__name__
        if at is not None:
            raise ConfigError(f"{path} cannot be loaded: line {at}: {kind}: {error}") from error
        raise ConfigError(f"{path} cannot be loaded: {kind}: {error}") from error
    return module


def _line_of(error: Exception, path: Path) -> int | None:
    """The last line of a file on the way to an error of its own."""
    frames = extract_tb(error.__traceback__)
    own = (one for one in reversed(frames) if Path(one.filename).resolve() == path.resolve())
    return next((one.lineno for one in own), None)
