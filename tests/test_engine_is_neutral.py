"""The engine knows no genre and no language's words: those of schemas and of zh are elsewhere."""

import ast
import re
from pathlib import Path

import pytest

from summarizer.engine.schema import load_schema, shipped
from summarizer.types import Figure, Item, Summary

ENGINE = Path(__file__).parent.parent / "summarizer" / "engine"
MODULES = sorted(ENGINE.rglob("*.py"))
RE_ASKS = {
    "answers.py",
    "ask.py",
    "faults.py",
    "field_draft.py",
    "field_words.py",
    "pick_checks.py",
    "picking.py",
    "reading.py",
    "second_look.py",
    "reading_checks.py",
    "reading_items.py",
    "written.py",
}
"""Where lines are that a model is asked with, or asked again."""
GENRE = re.compile(
    "贫困|扶贫|村支书|乡镇|村委|脱贫|县|镇|书记|干部|poverty|township|county|village"
)
HAN = re.compile("[\u3400-\u9fff]")
SHARED = {*Item.model_fields, *Summary.model_fields, *Figure.model_fields, "name", "role"}
"""Words that the types have too."""


def texts(path):
    """The texts of a module that are no docstrings, with their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for one in body if isinstance(body, list) else ():
            if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant):
                told.add(one.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in told:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.stem)
def test_a_module_of_the_engine_has_no_word_of_a_language_but_to_ask_again(path):
    han = [(line, text) for line, text in texts(path) if HAN.search(text)]
    assert not han or path.name in RE_ASKS


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.stem)
def test_a_module_of_the_engine_has_no_word_of_a_genre(path):
    assert [one for one in texts(path) if GENRE.search(one[1])] == []


def named(path):
    """What a module asks for by a name: attributes, and strings that are one word."""
    text = path.read_text(encoding="utf-8").replace("unicodedata.category", "")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.stem)
def test_a_module_of_the_engine_names_no_field_of_a_schema(path):
    schemas = [load_schema(name) for name in shipped()]
    lists = [listed for schema in schemas for listed in schema.lists]
    fields = {f for listed in lists for f in (listed.name, *listed.fields)}
    fields |= {f for schema in schemas for f in schema.fields}
    assert (fields - SHARED) & set(named(path)) == set()


@pytest.mark.parametrize(
    "name", [n for n in shipped() if load_schema(n).path.with_name("hooks.py").is_file()]
)
def test_hooks_import_the_language_and_the_types_alone(name):
    path = load_schema(name).path.with_name("hooks.py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    used = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    ours = [module for module in used if module.startswith("summarizer")]
    assert ours
    assert all(m.startswith(("summarizer.zh", "summarizer.types")) for m in ours)


def test_nobody_imports_a_schema_by_name():
    """But the loader, which makes its module's name."""
    naming = [
        p for p in ENGINE.parent.rglob("*.py") if "summarizer.schemas" in p.read_text("utf-8")
    ]
    assert [path.name for path in naming] == ["schema.py"]


def test_lexicons_are_read_by_one_loader():
    """But by the programs that write them."""
    package = ENGINE.parent
    reading = [
        path.name
        for folder in ("zh", "documents")
        for path in (package / folder).rglob("*.py")
        if '.tsv"' in (text := path.read_text(encoding="utf-8")) and "read_text(" in text
    ]
    assert sorted(reading) == ["boilerplate.py", "make_words.py"]  # the former reads .txt
