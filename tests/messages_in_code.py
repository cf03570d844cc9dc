"""Every message that the product's code writes, found in its source: a text with `{}` for values.

A message is an English text of two words or more. None is what other catalogues translate (help,
the review page), what is written for a model or a machine (Chinese, SQL, patterns), what a file
of tables says of its columns, or what stands in `data/not_messages.tsv`.
"""

import ast
import re
from pathlib import Path
from typing import get_args

from summarizer.documents.clean.boilerplate import RegionKind
from summarizer.documents.read.account import kinds
from summarizer.zh.lexicon import cells

ROOT = Path(__file__).parent.parent
SILENT = (  # where texts are about tables and tokens, or about what a document says
    "zh/", "documents/clean/", "batch/queries.py", "render/columns.py", "render/table_queries.py",
    "cli/help.py", "models/dialect.py",
)  # fmt: skip
LOUD = ("zh/relations/consistency.py", "zh/relations/totals.py")
_PLACES = re.compile(r"(?:\{\})+")
_HAN = re.compile("[\u3400-\u9fff]")
_ENGLISH = re.compile(r"(?:[^\u3400-\u9fff]*\b[a-z]{2,}\b){3}")
_MACHINE = re.compile(
    r"\x08|^#|\(\?|\\[bdsAZ(]|\.\{0|%s|\[\^|^\s*(?:SELECT|INSERT|DELETE|UPDATE|ATTACH|"
    r"DETACH|PRAGMA|CREATE|not bold|bold)\b"
)
_WORDLESS = {"cast": 1, "setting": 2, "Column": 3, "Table": 2}  # whose first arguments are none
_HELP = {"help", "metavar", "epilog"}


def literals():
    """Every text of the code as a template: `(template, module)`."""
    for path in sorted((ROOT / "summarizer").rglob("*.py")):
        name = path.relative_to(ROOT / "summarizer").as_posix()
        if not name.startswith(SILENT) or name in LOUD:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            silent = {id(node) for node in _silent(tree)}
            for node in ast.walk(tree):
                if id(node) not in silent and (text := _template(node)):
                    yield text, name


def data():
    """What is shown of data files: the kinds that readers leave out, and the regions of a text."""
    return {*kinds(), *kinds().values(), *get_args(RegionKind)}


def messages():
    """Every message of the code with a module that says it."""
    passed = {
        row[0].replace("\\n", "\n") for row in cells(ROOT / "tests" / "data" / "not_messages.tsv")
    }
    return {
        text: name
        for text, name in literals()
        if " " in text.strip()
        and re.search("[a-z]{2}", text)
        and not _MACHINE.search(text)
        and (not _HAN.search(text) or _ENGLISH.search(text))
        and text not in passed
    }


def _silent(tree):
    """Nodes whose text is a docstring, an annotation, help, or a part of a longer text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value
        if isinstance(node, ast.JoinedStr):
            yield from ast.walk(ast.Tuple(node.values))
        if isinstance(node, ast.keyword) and node.arg in _HELP:
            yield from ast.walk(node.value)
        if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation:
            yield from ast.walk(node.annotation)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _WORDLESS:
            yield from node.args[: _WORDLESS[node.func.id]]


def _template(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (p.value if isinstance(p, ast.Constant) else "{}" for p in node.values)
        return _PLACES.sub("{}", "".join(parts))
    return None
