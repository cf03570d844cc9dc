"""The public names: complete, sorted, importable, typed."""

import ast
from pathlib import Path
from types import ModuleType

import pytest

import summarizer

PACKAGE = Path(summarizer.__file__).parent


def names_for_type_checkers() -> list[str]:
    """What the `if TYPE_CHECKING` block of the package re-exports."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    return sorted(alias.asname for line in block.body for alias in line.names)


def test_the_list_is_sorted_and_what_type_checkers_see():
    assert summarizer.__all__ == names_for_type_checkers()


@pytest.mark.parametrize("name", summarizer.__all__)
def test_a_public_name_is_the_thing_and_not_its_module(name):
    thing = getattr(summarizer, name)
    assert callable(thing)
    assert not isinstance(thing, ModuleType)
    assert thing.__doc__


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'summarise'"):
        summarizer.summarise  # noqa: B018 — the access is the test


def test_the_version_is_the_distribution_s():
    assert summarizer.__version__.count(".") == 2


def test_the_types_are_for_everybody():
    assert (PACKAGE / "py.typed").exists()
