"""Texts that give orders to a model: they change the words of a request, never its frame."""

import re
import tomllib
from functools import cache
from html import escape
from itertools import product
from pathlib import Path

import pytest
import tiny_files
from fake_model import FakeModel

from summarizer.config import settings
from summarizer.documents.clean import clean
from summarizer.documents.hostile import suspicious
from summarizer.documents.read import read
from summarizer.engine.marks import PAIRS
from summarizer.pipeline import summarize
from summarizer.types import Document

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data" / "injection"
FAMILIES = tomllib.loads((DATA / "text.toml").read_text(encoding="utf-8"))["family"]
HIDDEN = tomllib.loads((DATA / "hidden.toml").read_text(encoding="utf-8"))
BEFORE = (
    "青石镇2023年工作总结\n\n一、产业发展\n全镇投入资金86万元,新建大棚46座,带动197户脱贫户增收。\n"
)
AFTER = "石桥村党支部书记李春明流转荒地150亩种植油茶。\n"
WAYS = [("anchored", "small"), ("anchored", "large"), ("verbatim", "small")]
LINE = re.compile(r"\[\d+\]|\d+\.|# |[^\s:：\[\]|]{1,12}[:：]")
SIGNS = re.compile("[" + "".join(c for pair in PAIRS for c in pair) + "]+")


def attacks():
    for family in FAMILIES:
        for one in family["attacks"]:
            attack, harmless = one if isinstance(one, list) else (one, family["harmless"])
            if "within" in family:
                attack, harmless = (family["within"].replace("…", t) for t in (attack, harmless))
            seen = family.get("seen", False)
            yield pytest.param(attack, harmless, seen, id=f"{family['name']}-{attack!a}"[:70])


ATTACKS = [*attacks()]


@cache
def frame(document, way):
    """Of every request: its messages, the lines of the last one by what opens them, its keys.

    Those that judge one sentence are all of one frame, however many there are.
    """
    strategy, size = way
    fake = FakeModel(judge=9.0)
    chosen = settings(store="off", strategy=strategy, size=size, reasks=0, overview="extract")
    summary = summarize(document, model=fake.model, settings=chosen)
    judged = [described(asked) for asked in fake.history if asked.family == "judge"]
    frames = [described(asked) for asked in fake.history if asked.family != "judge"]
    return frames + [one for i, one in enumerate(judged) if one not in judged[:i]], summary


def described(asked):
    """What no text may change: sentences are numbered in order, and a key opens one line."""
    *ahead, last = asked.messages
    is_numbered = asked.family in ("items", "passage")
    openings = [opening(line, is_numbered) for line in last["content"].split("\n")]
    numbers = [int(one.strip("[].")) for one in openings if one.strip("[].").isdigit()]
    assert numbers == [*range(1, len(numbers) + 1)]
    assert len(last["content"].splitlines()) == len(openings)
    return {
        "family": asked.family,
        "roles": [message["role"] for message in asked.messages],
        "ahead": [SIGNS.sub("|", message["content"]) for message in ahead],
        "sentences": sum(one.strip("[]. ").isdigit() or one == "# " for one in openings),
        "keys": [one for one in openings if one in KEYS],
        "marks": len(re.findall(marks_of(asked), last["content"])),
        "answers": sorted(asked.keys) if asked.family != "figures" else len(asked.keys),
    }


def opening(line, is_numbered):
    """What opens a line: the number of a sentence, a heading's sign, a key of the template."""
    found = LINE.match(line)
    if found and re.match(r"[\[#\d]", found[0]):
        return found[0] if is_numbered else "text"
    return found[0] if found and found[0] in KEYS else "text"


KEYS = {
    found[0]
    for path in (ROOT / "prompts").glob("*.jinja")
    for found in re.finditer(
        r"^[^\s{}%:：]{1,12}[:：]", path.read_text(encoding="utf-8"), re.MULTILINE
    )
}


def marks_of(asked):
    """The sign that opens a quantity in this request, as its system text tells it."""
    told = re.search(r"(\S+)a\|86万元", asked.messages[0]["content"])
    return re.escape(told[1]) + r"[a-z]+\|" if told else "(?!)"


def text_of(passage):
    return Document("0" * 16, "x", f"{BEFORE}{passage}\n{AFTER}")


@pytest.mark.parametrize("way", WAYS, ids="-".join)
@pytest.mark.parametrize(("attack", "harmless", "seen"), ATTACKS)
def test_no_text_forges_the_frame_of_a_request(attack, harmless, seen, way):
    asked, _ = frame(text_of(attack), way)
    assert asked == frame(text_of(harmless), way)[0]
    assert asked


@pytest.mark.parametrize(("attack", "harmless", "seen"), ATTACKS)
def test_what_speaks_to_a_model_is_told_and_stays_in_the_text(attack, harmless, seen):
    document = text_of(attack)
    _, summary = frame(document, WAYS[0])
    told = [issue for issue in summary.issues if issue.code == "suspicious_text"]
    assert bool(told) is seen
    for issue in told:
        start, end = map(int, issue.ref.split("-"))
        assert len(BEFORE) <= start < end <= len(BEFORE) + len(attack)
        assert issue.message.isprintable()
    assert [f.text for f in summary.figures][:3] == ["86万元", "46座", "197户"]


def test_lost_characters_are_told_as_errors():
    document = text_of("投入\ufffd\ufffd万元，惠及\ufffd户，\ufffd村。")
    _, summary = frame(document, WAYS[0])
    told = [issue for issue in summary.issues if issue.code == "text_lost"]
    assert [issue.severity for issue in told] == ["error"] * 3
    start, end = map(int, told[0].ref.split("-"))
    assert document.text[start:end] == "\ufffd\ufffd"


def page(inner):
    return f"<!DOCTYPE html><html><body>{tiny_files.html(BEFORE)}{inner}</body></html>".encode()


def word(inner):
    paragraphs = "".join(
        f"<w:p><w:r><w:t>{escape(t)}</w:t></w:r></w:p>" for t in BEFORE.split("\n")
    )
    body = (
        f'<w:document xmlns:w="{tiny_files.WORD}"><w:body>{paragraphs}{inner}</w:body></w:document>'
    )
    return tiny_files.packed({"word/document.xml": body})


@pytest.mark.parametrize(
    ("kind", "form", "order"),
    [(k, f, o) for k in ("html", "docx") for f, o in product(HIDDEN[k], HIDDEN["orders"])],
    ids=lambda v: ascii(v)[:50],
)
def test_what_a_file_hides_forges_nothing_either(kind, form, order):
    made = {"html": page, "docx": word}[kind]
    texts = [
        read(made(form.replace("{}", escape(one)).replace("{{", "{").replace("}}", "}")))
        for one in order
    ]
    for way in WAYS[:2]:
        frames = [frame(text, way)[0] for text in texts]
        assert frames[0] == frames[1]


def test_there_are_enough_attacks():
    assert len(ATTACKS) + len(HIDDEN["html"]) + len(HIDDEN["docx"]) >= 80
    assert len({one.values[0] for one in ATTACKS}) == len(ATTACKS)


@pytest.mark.parametrize(
    "path",
    [*(ROOT / "seeds").glob("*.txt"), *(ROOT / "evals" / "own").glob("*.txt")],
    ids=lambda p: p.stem[:3],
)
def test_no_report_is_suspicious(path):
    assert suspicious(clean(read(path)).text) == []


@pytest.mark.parametrize(
    "text",
    [
        "各部门要严格执行上级的指示,不得忽视前期发现的问题。",
        "忽略安全生产要求的企业被通报批评。",
        "要求各村如实填写,不要漏报数量。",
        "系统培训:全年举办3期。",
        "镇上引进人工智能企业2家,你是主人翁。",
        "数量:50台\n名字:李春明\n正文:略",
        "增速<5%,降幅[0.3]个百分点。",
        "The system was rebuilt under all previous agreements.",
    ],
)
def test_a_text_to_readers_is_not_suspicious(text):
    assert suspicious(text) == []
