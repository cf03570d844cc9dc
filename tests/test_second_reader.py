"""The second reader: what it reads, that it agrees with the grammar, and shares nothing with it."""

import ast
from decimal import Decimal
from pathlib import Path

import pytest
from test_mentions import CASES, MARKED
from test_verify import SCHEMA, TWICE, summary_of

from summarizer.documents.clean import clean
from summarizer.documents.parsed import parse
from summarizer.engine.verify.proof import prove
from summarizer.types import Span
from summarizer.zh import numeral_edges, numeral_values, second_reader
from summarizer.zh.numeral_edges import is_cut
from summarizer.zh.quantities import find_mentions
from summarizer.zh.second_reader import Reading, disagrees, read_back

HERE = Path(__file__).parent
READ = [
    line.split(" => ")
    for line in (HERE / "data" / "second_reader.txt").read_text(encoding="utf-8").splitlines()
    if " => " in line
]
TEXTS = (
    *(path for path in sorted(CASES.glob("*.txt")) if path.stem != "known_failures"),
    *sorted((HERE.parent / "seeds").glob("*.txt")),
    *sorted((HERE.parent / "evals" / "own").glob("*.txt")),
)


@pytest.mark.parametrize(("quote", "said"), READ, ids=[quote for quote, _ in READ])
def test_what_is_read_back(quote, said):
    assert (" or ".join(map(str, read_back(quote))) or "nothing") == said


def test_it_agrees_with_every_quantity_of_cases_seeds_and_own_documents():
    """Of these it reads 98 in a hundred; the others are English words, halves of halves, lists."""
    found = read = 0
    for path in TEXTS:
        text = clean(MARKED.sub(r"\1", path.read_text(encoding="utf-8")))
        for mention in find_mentions(text):
            if (quantity := mention.quantity) is None:
                continue
            found += 1
            read += bool(read_back(mention.text))
            ours = Reading(quantity.value, quantity.high)
            has_scale = not quantity.implied_unit
            assert disagrees(mention.text, ours, has_scale=has_scale) is None, mention
            assert not is_cut(text.text, mention.at.start, mention.at.end), mention
    assert found > 5000
    assert not read / found < 0.97


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("共8♥8万元", "8万元"),
        ("惠及8\u03018户", "8户"),
        ("捐款8👍🏽5元", "5元"),
        ("10的300000000次方人", "300000000次"),
        ("约有3E+8元", "8元"),
        ("库容2。5万方", "5万方"),
        ("投资3 . 5亿元", "5亿元"),
        ("投入16,1亿元", "1亿元"),
        ("气温-5至3℃", "3℃"),
        ("took 2 1/2 hours", "1/2"),
    ],
)
def test_it_sees_the_part_of_a_number_that_the_grammar_once_read(text, part):
    """A figure of this part would be proved, were it not for an issue of severity error."""
    at = text.rindex(part)
    assert is_cut(text, at, at + len(part))


@pytest.mark.parametrize("module", [second_reader, numeral_values, numeral_edges])
def test_it_shares_no_code_with_the_grammar(module):
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    imported = {
        name
        for node in ast.walk(tree)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    ours = {name for name in imported if name.startswith("summarizer")}
    assert ours <= {"summarizer.zh.numeral_values"}


def faults(source, summary, **update):
    figure = summary.figures[0].model_copy(update=update)
    others = summary.figures[1:]
    issues = prove(summary.model_copy(update={"figures": (figure, *others)}), SCHEMA, parse(source))
    return [(issue.code, issue.severity, issue.message) for issue in issues]


def test_a_value_that_the_second_reader_reads_otherwise_is_an_error():
    summary = summary_of(TWICE)
    assert faults(TWICE, summary) == []
    assert faults(TWICE, summary, value=Decimal(320)) == [
        ("second_reader", "error", "320余万元 is read as 320, by a second reader as 3200000")
    ]
    assert faults(TWICE, summary, high=Decimal(9)) != []
    other = summary.figures[1]
    (code, _, message), *_ = faults(TWICE, summary, also_at=(other.span,))
    assert (code, message.split(" ")[0]) == ("second_reader", other.text)


def test_a_figure_of_a_part_of_a_number_is_an_error():
    summary = summary_of(TWICE)
    at = TWICE.index("20余万元")
    part = {"span": Span(at, at + 5), "text": "20余万元", "value": Decimal(200000)}
    assert faults(TWICE, summary, **part) == [
        (
            "second_reader", "error",
            "20余万元 is read as 200000, by a second reader as part of a longer number",
        )
    ]  # fmt: skip
