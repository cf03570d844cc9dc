"""What a message quotes, of a model or a document, acts nowhere: it is made so in one place."""

import csv
import json
import unicodedata

import pytest
from data import report_schema
from data.make_summary import make_summary
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_lying_model import NESTED, WAYS, told

from summarizer import errors
from summarizer.batch.record import failed
from summarizer.provenance import Usage
from summarizer.render import FORMATS, export
from summarizer.render.table_files import write_tables
from summarizer.types import Issue

SUMMARY = make_summary(report_schema)
ACTING = "\x00\x07\x08\x0a\x0d\x1b\x7f\x85\x9b\xad\u061c\u200b\u2028\u202e\u2066\ufeff\ue317\ud800\U000e0041"
QUOTED = st.text(st.sampled_from(ACTING) | st.characters(), max_size=40)
RAISED = [
    kind for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, errors.SummarizerError)
]  # fmt: skip


def acting(text):
    """The characters that act instead of being seen: controls, formats, halves, ends of lines."""
    return {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}}


def issue(words):
    return Issue(code="item_dropped", severity="info", message=f"measures: {words}: 不是工作")


@given(QUOTED)
@example(ACTING)
def test_a_message_of_an_issue_is_one_line_of_what_is_seen(words):
    made = issue(words)
    assert not acting(made.message)
    assert Issue.model_validate_json(made.model_dump_json()) == made


@given(QUOTED, st.sampled_from(RAISED))
@example(ACTING, errors.SummarizerError)
def test_the_text_of_an_error_is_one_line_of_what_is_seen(words, kind):
    assert not acting(str(kind(f"the journal {words}: damaged")))


@given(QUOTED, st.sampled_from([OSError, ValueError, errors.InputError]))
@example(ACTING, ValueError)
def test_a_record_of_a_failure_is_one_line_of_what_is_seen(words, kind):
    outcome = failed(kind(words), "a.txt", 1, Usage())
    assert not acting(outcome.message)
    assert json.loads(outcome.record)["error"]["message"] == outcome.message


@settings(max_examples=20)
@given(QUOTED)
@example(ACTING)
def test_no_format_says_more_in_a_message_than_without_it(words):
    """A format has characters of its own that act (line ends); a message adds none."""
    plain, quoting = (
        SUMMARY.model_copy(update={"issues": (issue(said),)}) for said in ("修路", words)
    )
    for name in FORMATS:
        assert acting(export(quoting, name)) <= acting(export(plain, name))


def test_a_table_of_issues_is_one_line_a_row(tmp_path):
    write_tables([SUMMARY.model_copy(update={"issues": (issue(ACTING),)})], tmp_path)
    text = (tmp_path / "issues.csv").read_bytes().decode("utf-8-sig")
    assert acting(text) <= {"\r", "\n"}
    (row,) = csv.DictReader(text.splitlines())
    assert row["message"] == issue(ACTING).message


def test_a_summary_of_another_program_is_read_the_same_way():
    value = json.loads(SUMMARY.model_dump_json())
    value["issues"] = [{"code": "x", "severity": "info", "message": ACTING.replace("\ud800", "")}]
    (read,) = report_schema.Report.model_validate_json(json.dumps(value)).issues
    assert not acting(read.message)


@pytest.mark.parametrize("way", WAYS, ids="-".join)
@pytest.mark.parametrize(("schema", "field"), [("report", "title"), (NESTED, "result")])
def test_what_a_model_says_acts_in_no_message(schema, field, way):
    summary = told(field, "\x1b[2J\u202e\u2028未", schema, way)
    assert [one for one in summary.issues if "未" in one.message]
    assert not any(acting(one.message) for one in summary.issues)
