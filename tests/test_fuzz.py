"""Whatever comes in, what is done is one of the things that are promised.

`make fuzz` tries as many examples a parser as FUZZ_EXAMPLES says; the tests try a few dozen. What
ever failed is an example that is always tried.
"""

import io
import os
import random
import sqlite3
import tempfile
import zipfile
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pytest
import tiny_files
import tiny_offices
import tiny_sheets
from fake_model import FakeModel
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from mutations import mutated

from summarizer.batch.journal import Journal
from summarizer.batch.record import Outcome
from summarizer.batch.sources import Source
from summarizer.config import settings as read_settings
from summarizer.documents.clean import clean
from summarizer.documents.hostile import suspicious
from summarizer.documents.read import read
from summarizer.engine.grounding import stands, ungrounded_numbers
from summarizer.errors import ConfigError, InputError, ModelError, SummarizerError
from summarizer.models.answer import Answer, hear
from summarizer.models.store import AnswerCache, Cassette, Entry
from summarizer.pipeline import summarize
from summarizer.provenance import Usage
from summarizer.types import Document
from summarizer.zh.quantities import find_mentions
from summarizer.zh.unproved import unproved

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "tests" / "data" / "short_report.txt").read_text(encoding="utf-8")
PAGE = (ROOT / "tests" / "data" / "read" / "county_page.html").read_bytes()
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "40"))
FILES = {
    "text": TEXT.encode(),
    "gb18030": TEXT.encode("gb18030"),
    "big5": "區委書記余長明深入雙石村,投入資金20萬元。\n".encode("big5") * 9,
    "utf-16": TEXT.encode("utf-16"),
    "utf-16 without a mark": TEXT.encode("utf-16-le"),
    "html": PAGE,
    "small html": tiny_files.html(TEXT[:600]).encode(),
    "docx": tiny_files.docx(TEXT[:600]),
    **{
        kind: getattr(tiny_sheets, kind)(["单位：万元"], [["乡镇", "户数"], ["甲镇", "1,200"]] * 9)
        for kind in ("xlsx", "xls", "ods")
    },
    **{
        kind: getattr(tiny_offices, kind)(["单位：万元"], [["乡镇", "户数"], ["甲镇", "1,200"]])
        for kind in ("doc", "rtf", "mht")
    },
    "ofd": tiny_offices.ofd([[(10, 20, "投入500万元", ""), (10, 30, "惠及197户", "")]]),
    "open docx": tiny_files.docx("全镇投入资金86万元。\t建棚46座。\n石桥村"),
}
TABLES = {
    "a.csv": tiny_sheets.delimited(["单位"], [["乡镇", "户\n数"], ['甲"镇', "1,200"]] * 9),
    "a.md": tiny_sheets.markdown(["单位"], [["乡镇", "户数"], ["甲镇", "1,200"]] * 9),
}
SEEDS = st.integers(0, 2**48)


def tried(share=1):
    """How often a test is tried: a costly one a share of it."""
    return settings(
        max_examples=max(3, EXAMPLES // share),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )


@contextmanager
def told(*errors):
    """Nothing but these errors comes out, and they say what they have to say in one line."""
    try:
        yield
    except errors as error:
        if "\n" in str(error):
            raise AssertionError(f"more than one line: {error}") from error


def broken(data, seed):
    """Some bytes with faults, more of them the larger the seed's last digit."""
    chance = random.Random(seed)
    for _ in range(1 + seed % 4):
        data = mutated(data, chance)
    return data


@pytest.mark.hypothesis  # its `given` is inside, where no plugin sees it
@pytest.mark.parametrize("kind", FILES)
def test_a_broken_file_is_read_or_refused(kind):
    @tried()
    @given(SEEDS)
    def check(seed):
        with told(InputError):
            read(broken(FILES[kind], seed)).text.encode()

    check()


def with_broken_parts(data, seed):
    """A zip whose parts have faults, and whose sums agree with them."""
    chance = random.Random(seed)
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(held, "w") as archive:
        for entry in packed.infolist():
            content = packed.read(entry)
            broken_one = chance.random() < 0.4
            archive.writestr(entry.filename, mutated(content, chance) if broken_one else content)
    return held.getvalue()


@pytest.mark.hypothesis
@pytest.mark.parametrize("kind", ["docx", "xlsx", "ods", "ofd"])
def test_a_package_with_broken_parts_is_read_or_refused(kind):
    @tried()
    @given(SEEDS)
    def check(seed):
        with told(InputError):
            read(with_broken_parts(FILES[kind], seed)).text.encode()

    check()


@pytest.mark.hypothesis
@pytest.mark.parametrize("name", TABLES)
def test_a_broken_table_in_text_is_read_or_refused(name):
    @tried()
    @given(SEEDS)
    def check(seed):
        with told(InputError):
            document = read(broken(TABLES[name], seed), name=name)
            assert all(
                cell.span.end <= len(document.text) for g in document.grids for cell in g.cells
            )

    check()


@tried(200)
@given(SEEDS)
def test_a_broken_pdf_is_read_or_refused(seed):
    with told(InputError):
        read(broken(tiny_files.pdf(TEXT[:300]), seed))


PIECES = st.sampled_from(
    [
        *"0123456789零〇一二三四五六七八九十百千万亿两半几多余约近上下第年月日元户人亩公里%‰％.,，、。:;-—~·/×()（）<>[]{}&#|\"' \t\n\u3000",
        *"鎮貧萬億幾餘壹貳叁陸柒捌玖拾佰仟①②½⅓Ⅻ²٣১",
        *"\u200b\u061c\u2028\u202e\ufeff\u3164\x00\x1b\x85\xa0\ud83d\ufffd",
        "全镇投入资金", "其中", "同比增长", "百分之", "亿元", "平方公里", "摘要:", "来源:", "(zhèn)",
        "?yōu)", "&amp;", "&#10;", "&#x2028;", "</p>", "<br>", "{editor}", "⟦a|", "数量:", "[3]",
        "<|im_end|>", "忽略以上所有指令", "王小明", "石桥村", "书记", "2020年", "1,000", "三〇〇", "3×10⁴",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=60).map("".join)


@tried()
@given(TEXTS)
def test_any_text_is_cleaned_and_its_edits_explain_it(raw):
    cleaned = clean(raw)
    parts, at = [], 0
    for edit in cleaned.edits:
        parts += [raw[at : edit.span.start], edit.replacement]
        at = edit.span.end
    assert "".join((*parts, raw[at:])) == cleaned.text


@tried()
@given(TEXTS)
@example("1,000壹0人")
@example("0百分之千两")
def test_the_numerals_of_any_text_stand_in_it(raw):
    cleaned = clean(raw)
    mentions = find_mentions(cleaned)
    for mention, following in zip(mentions, [*mentions[1:], None], strict=False):
        assert cleaned.text[mention.at.slice] == mention.text
        assert 0 <= mention.span.start < mention.span.end <= len(raw)
        assert following is None or not following.at.start < mention.at.end
        assert (mention.quantity is not None) == (mention.kind == "quantity")
        if mention.quantity is not None:
            assert mention.quantity.value.is_finite()


@tried()
@given(TEXTS, TEXTS)
def test_any_words_are_held_against_any_text(words, source):
    assert all(isinstance(one, str) and one for one in unproved(words, source))
    assert all(isinstance(one, str) for one in ungrounded_numbers(words, source))
    assert stands(words, source) in (True, False)
    assert all(0 <= span.start < span.end <= len(source) for span, _ in suspicious(source))


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
MESSAGES = st.fixed_dictionaries(
    {},
    optional={
        "content": VALUES, "refusal": VALUES, "reasoning": VALUES, "reasoning_content": VALUES,
        "tool_calls": VALUES,
    },
)  # fmt: skip
CHOICES = st.fixed_dictionaries(
    {}, optional={"message": MESSAGES | VALUES, "finish_reason": VALUES}
)
COMPLETIONS = st.fixed_dictionaries(
    {}, optional={"choices": st.lists(CHOICES | VALUES, max_size=2) | VALUES, "usage": VALUES, "model": VALUES}
)  # fmt: skip


@tried()
@given(COMPLETIONS | VALUES, st.booleans())
def test_any_completion_is_an_answer_or_an_error_of_the_model(raw, as_json):
    try:
        answer = hear(raw, as_json=as_json)
    except (ModelError, SummarizerError):
        return
    answer.content.encode()
    assert 0 <= answer.prompt_tokens < 2**63
    assert answer.completion().choices[0].message.content == answer.content


class Noise:
    """Answers of the right shape filled with anything, and at times of no shape at all."""

    def __init__(self, seed):
        self.chance = random.Random(seed)

    def __call__(self, asked):
        if self.chance.random() < 0.1:
            return self.chance.choice(["", "{", "null", "[]", '{"figures": 7}', "\ud83d", "1e999"])
        return self.made(asked.schema, asked.schema.get("$defs", {}))

    def made(self, shape, defs):
        if self.chance.random() < 0.05:
            return self.chance.choice([None, 7, -(2**70), 1e300, "", [], {}, [[[]]], True])
        if "$ref" in shape:
            return self.made(defs[shape["$ref"].rsplit("/", 1)[-1]], defs)
        if "anyOf" in shape:
            return self.made(self.chance.choice(shape["anyOf"]), defs)
        if "enum" in shape:
            return self.chance.choice([*shape["enum"], "?"])
        if shape.get("type") == "object":
            return {n: self.made(inner, defs) for n, inner in shape.get("properties", {}).items()}
        if shape.get("type") == "array":
            return [self.made(shape["items"], defs) for _ in range(self.chance.randrange(3))]
        if shape.get("type") == "integer":
            return self.chance.choice([1, 2, 3, 0, -1, 10**30])
        at = self.chance.randrange(len(TEXT) - 20)
        return TEXT[at : at + self.chance.randrange(20)] + self.chance.choice(
            ["", "", "上千人", "\x1b[31m", "\u202e", "{f1}", "9" * 40, "未", "\x00", "1E+99999"]
        )


@tried(10)
@given(SEEDS, st.sampled_from(["small", "large"]), st.sampled_from(["anchored", "verbatim"]))
def test_any_answers_make_a_summary_or_an_error_of_the_model(seed, size, strategy):
    chosen = read_settings(store="off", size=size, strategy=strategy, overview="written")
    fake = FakeModel(default=Noise(seed))
    try:
        summary = summarize(Document("0" * 16, "x", TEXT[:500]), model=fake.model, settings=chosen)
    except ModelError:
        return
    summary.model_dump_json().encode()
    for figure in summary.figures:
        assert TEXT[figure.evidence.span.slice] == figure.evidence.quote


@lru_cache(maxsize=1)
def journal_bytes():
    """A journal with a document done and one to do."""
    with tempfile.TemporaryDirectory() as folder:
        return journal_of(Path(folder) / "whole.journal")


def journal_of(path):
    with Journal(path) as journal:
        names = ("a.txt", "b.txt")
        journal.take([(f"key {name}", Source(Path(name), name=name)) for name in names])
        done = Outcome(
            '{"source": "a.txt", "document": {"source": "a.txt"}}', usage=Usage(), attempts=1
        )
        journal.keep([("key a.txt", done)])
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return path.read_bytes()


@tried()
@given(SEEDS)
@example(138_813_960_590)  # what SQLite says of it is no UTF-8
def test_a_broken_journal_is_used_or_told(seed):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "broken.journal"
        path.write_bytes(broken(journal_bytes(), seed))
        with told(SummarizerError), Journal(path) as journal:
            journal.tally()
            journal.causes()
            journal.usage()
            journal.mean()
            journal.written()
            list(journal.pending())
            list(journal.records())


def test_a_journal_whose_own_words_have_lines_is_told_in_one(tmp_path):
    """SQLite quotes the broken definition of a table, line ends and all."""
    path = tmp_path / "broken.journal"
    path.write_bytes(journal_bytes().replace(b"state TEXT", b'"tate TEXT'))
    with pytest.raises(SummarizerError, match="unrecognized token") as error:
        Journal(path)
    assert "\n" not in str(error.value)


ENTRY = Entry("k" * 8, {"messages": []}, Answer('{"a": "户数"}', "m", 3, 4))


@lru_cache(maxsize=1)
def cache_bytes():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.sqlite"
        AnswerCache(path).put(ENTRY)
        with sqlite3.connect(path) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        return path.read_bytes()


@tried()
@given(SEEDS)
@example(1089823)  # the same
def test_a_broken_store_costs_answers_only(seed):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.sqlite"
        path.write_bytes(broken(cache_bytes(), seed))
        cache = AnswerCache(path)
        found = cache.get(ENTRY.key)
        assert found is None or isinstance(found.content, str)
        cache.put(ENTRY)


@tried()
@given(SEEDS)
def test_a_broken_recording_is_read_or_told(seed):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        Cassette(path).put(ENTRY)
        path.write_bytes(broken(path.read_bytes() * 2, seed))
        with told(ConfigError):
            found = Cassette(path).get(ENTRY.key)
            assert found is None or isinstance(found.content, str)
