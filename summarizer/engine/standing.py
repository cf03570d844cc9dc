"""What is left of an answer where some of it cannot stand: lists without entries, empty fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from summarizer.engine.field_types import FieldType

Path = tuple[int | str, ...]
"""The way to a part of a value: names of fields, places in lists."""


Fault = tuple[Path, str]
"""What is wrong with an answer: where, and the line against it."""


class Gone:
    """Stands for a value of which nothing is left that its type allows."""


GONE = Gone()


def leaves(tree: FieldType, value: Any, at: Path = ()) -> Iterator[tuple[Path, FieldType, Any]]:
    """The picks, texts and choices in a value at any depth, each with its way and its node."""
    if tree.inner is not None:
        for n, one in enumerate(value if isinstance(value, tuple | list) else ()):
            yield from leaves(tree.inner, one, (*at, n))
    elif tree.parts:
        for name, part in tree.parts.items():
            inside = value.get(name) if isinstance(value, dict) else getattr(value, name, None)
            yield from leaves(part, inside, (*at, name))
    elif value is not None:
        yield at, tree, value


def without(tree: FieldType, value: Any, paths: Iterable[Path]) -> Any:
    """A value without what stands at some paths: GONE where its type does not allow that.

    An entry is left out of its list, an optional field is None, and what needs the rest goes too.
    A list of words of the source of which none is left is gone: nothing proves it.

    >>> texts = FieldType(list, inner=FieldType(str))
    >>> tree = FieldType(dict, parts={"a": texts, "b": FieldType(bool, is_optional=True)})
    >>> without(tree, {"a": ["x", "y"], "b": 7}, [("a", 0), ("b",)])
    {'a': ['y'], 'b': None}
    >>> without(tree, {"a": 7, "b": None}, [("a",)]) is GONE
    True
    """
    wanted = {*paths}
    if not wanted:
        return value
    left = GONE if () in wanted else _left(tree, value, wanted)
    return None if left is GONE and tree.is_optional else left


def _left(tree: FieldType, value: Any, paths: set[Path]) -> Any:
    """What is left of a value whose parts some paths lead to."""
    if tree.inner is not None and isinstance(value, tuple | list):
        return _left_of_list(tree.inner, value, paths)
    if not tree.parts or not isinstance(value, dict | BaseModel):
        return GONE  # a path may lead on: which of several choices was not met
    given = value if isinstance(value, dict) else dict(value)
    changed = {
        name: without(part, given.get(name), _below(paths, name))
        for name, part in tree.parts.items()
        if _below(paths, name)
    }
    if GONE in changed.values() or not {path[0] for path in paths} <= {*changed}:
        return GONE
    return value | changed if isinstance(value, dict) else value.model_copy(update=changed)


def _left_of_list(inner: FieldType, value: Sequence[Any], paths: set[Path]) -> Any:
    left: list[Any] = []
    for n, one in enumerate(value):
        below = _below(paths, n)
        rest = without(inner, one, below) if below else one
        left += [] if rest is GONE or (below and rest is None) else [rest]
    if value and not left and inner.is_verbatim:
        return GONE
    return tuple(left) if isinstance(value, tuple) else left


def _below(paths: Iterable[Path], step: int | str) -> set[Path]:
    return {path[1:] for path in paths if path[0] == step}


@dataclass(slots=True)
class Left:
    """An answer while it is checked: what is left of it, and a line for all that is wrong.

    It `is_lost` where something cannot stand that its type needs.
    """

    tree: FieldType
    value: Any
    lines: list[str] = field(default_factory=list)
    is_lost: bool = False
    _lost: set[Path] = field(default_factory=set)

    @property
    def line(self) -> str:
        """All that is wrong, each thing once."""
        return ";".join(dict.fromkeys(self.lines))

    @property
    def says_nothing(self) -> bool:
        """Whether no field has a value any more."""
        values = self.value.values() if isinstance(self.value, dict) else [self.value]
        return all(value in (None, "", [], ()) for value in values)

    def lose(self, line: str, *paths: Path) -> None:
        """Take down what is wrong with something that has to stand, where it is known."""
        self.lines.append(line)
        self._lost |= {*paths}
        self.is_lost = True

    def drop(self, faults: Iterable[Fault]) -> bool:
        """Leave out what is at fault; whether the value is another one then.

        What is wrong with something that is lost anyway says nothing new.
        """
        new = [(at, line) for at, line in faults if not self._is_lost(at)]
        paths = [at for at, _ in new if without(self.tree, self.value, [at]) is not GONE]
        left = without(self.tree, self.value, paths)
        self.lines += [line for _, line in new]
        gone = {at for at, _ in new if left is GONE or at not in paths}
        self._lost |= gone
        self.is_lost = self.is_lost or bool(gone)
        if left is GONE or left == self.value:
            return False
        self.value = left
        return True

    def _is_lost(self, at: Path) -> bool:
        return any(at[: len(lost)] == lost or (at and lost[: len(at)] == at) for lost in self._lost)
