"""Dates and deadlines as phrases, and the days that they mean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fake_model import FakeModel

from summarizer.config import settings
from summarizer.pipeline import summarize
from summarizer.types import Document
from summarizer.zh.date_phrases import date_phrases
from summarizer.zh.quantities import find_mentions

CASES = (Path(__file__).parent / "data" / "date_phrases.txt").read_text("utf-8").splitlines()
BOUNDS = {"exact": "", "at_most": "≤", "at_least": "≥"}
OWN = """from summarizer.fields import Day, Period, Summary, ask

class Own(Summary, labels=False, overview=False):
    "通知"
{fields}
"""
NOTICE = "临湖县2024年整治通知\n3月1日至5月31日开展整治。\n"


@pytest.mark.parametrize("line", [line for line in CASES if line[:1] != "#"])
def test_the_days_of_a_sentence_s_dates(line):
    text, dates = (part.strip() for part in line.split("|"))
    found = []
    for phrase in date_phrases(text, find_mentions(text), 2024):
        assert text[phrase.span.slice] == phrase.text
        days = f"{phrase.start}/{phrase.end}" if phrase.start else "?"
        found.append(f"{phrase.text}={days}{BOUNDS[phrase.bound]}")
    assert found == dates.split()


def test_the_report_s_year_is_needed_only_where_the_text_names_none():
    text = "2024年7月1日至9月30日,10月1日至今年12月"
    derived = {p.text: p.derived for p in date_phrases(text, find_mentions(text), 2024)}
    assert [text for text, is_derived in derived.items() if not is_derived] == [
        "2024年7月1日",
        "2024年7月1日至9月30日",
        "9月30日",
    ]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("1月底前完成", [None]),
        ("1月底前起草,6月底前完成", [None, None]),
        ("11月底前完成", ["2024-11-30"]),
        ("2024年1月底前完成", ["2024-01-31"]),
        ("今年1月底前完成", ["2024-01-31"]),
        ("1月31日完成", ["2024-01-31"]),
        ("3月12日要求,4月底前完成", ["2024-03-12", "2024-04-30"]),
    ],
)
def test_a_deadline_before_the_month_of_the_report_is_of_no_year_that_is_told(text, ends):
    found = [phrase.end for phrase in date_phrases(text, find_mentions(text), 2024, 10)]
    assert found == ends


@pytest.mark.parametrize("day", ["2024年10月20日", "二○二四年十月二十日"])
def test_a_notice_says_in_which_month_it_speaks(tmp_path, day):
    notice = f"临湖县防火工作通知\n{day}\n1月底前完成排查。12月底前报送。\n"
    *_, first, last = due(tmp_path, notice)
    assert (first.start, last.start) == (None, "2024-12-31")


def test_a_report_of_december_calls_its_own_year_this_year(tmp_path):
    told = "今年9月底前全面建成开放,群众期盼多年的愿望得到实现。明年底前投用。11月验收。"
    notice = (
        "政府工作报告\n——2024年12月28日在石门区第六届人民代表大会第五次会议上\n"
        f"一、2024年工作回顾\n{told}\n二、2025年主要任务\n{told}2025年3月开工。\n"
    )
    days = due(tmp_path, notice)[-8:]
    expected = ["2024-09-30", "2025-12-31", "2024-11-01", "2025-01-01", None, None, None]
    assert [day.start for day in days] == [*expected, "2025-03-01"]


def due(tmp_path, text):
    """Every date of a text as it is picked."""
    path = tmp_path / "own.py"
    path.write_text(OWN.format(fields="    due: list[Day] = ask('时限')"), encoding="utf-8")

    def answer(asked):
        return {"due": re.findall(r"⟦([A-Z]+)\|", asked.text)}

    fake = FakeModel(passage=answer, correction={"corrected": {}})
    given = settings(size="large", store="off")
    document = Document("0" * 16, "x", text)
    return summarize(document, model=fake.model, schema=str(path), settings=given).due


def read(tmp_path, fields, answer, text=NOTICE):
    path = tmp_path / "own.py"
    path.write_text(OWN.format(fields="\n".join(f"    {f}" for f in fields)), encoding="utf-8")
    fake = FakeModel(passage=[answer], correction={"corrected": dict.fromkeys(answer)})
    given = settings(size="large", store="off")
    document = Document("0" * 16, "x", text)
    return summarize(document, model=fake.model, schema=str(path), settings=given), fake


PERIOD = 'during: Period | None = ask("整治时间")'
DAY = 'until: Day | None = ask("整治结束的日期")'


@pytest.mark.parametrize(
    ("fields", "answer", "shown"),
    [
        ([PERIOD], {"during": "B"}, "⟦B|3月1日至5月31日⟧开展"),
        ([DAY], {"until": "C"}, "⟦B|3月1日⟧至⟦C|5月31日⟧开展"),
        (
            [PERIOD, DAY],
            {"during": "C", "until": "D"},
            "⟦C|⟦B|3月1日⟧至⟦D|5月31日⟧⟧开展",
        ),
    ],
)
def test_a_period_is_offered_the_stretch_and_a_day_its_ends(tmp_path, fields, answer, shown):
    summary, fake = read(tmp_path, fields, answer)
    assert shown in fake.asked("passage")[0].text
    picks = {name: getattr(summary, name) for name in answer}
    days = {"during": ("2024-03-01", "2024-05-31"), "until": ("2024-05-31", "2024-05-31")}
    assert {n: (p.start, p.end) for n, p in picks.items()} == {n: days[n] for n in answer}
    assert [issue.code for issue in summary.issues] == []


def test_an_end_of_a_stretch_is_no_period(tmp_path):
    summary, fake = read(tmp_path, [PERIOD, DAY], {"during": "B", "until": "C"})
    assert "不是要的那种日期" in fake.asked("correction")[0].text
    assert (summary.during, summary.until) == (None, None)


@pytest.mark.parametrize(
    ("told", "text", "is_told"),
    [
        ("整治3月1日开始,5月31日结束。", "3月1日", True),
        ("整治2024-03-01开始。", "2024-03-01", True),
        ("整治自3月1日起。", "3月1日起", False),
        ("整治3月1日前完成。", "3月1日前", False),
        ("整治3月1日至5日开展。", "3月1日至5日", False),
        ("整治3月开展。", "3月", False),
        ("整治上半年开展。", "上半年", False),
    ],
)
def test_a_period_that_is_one_day_is_told(tmp_path, told, text, is_told):
    notice = f"临湖县2024年整治通知\n{told}\n"
    summary, _ = read(tmp_path, [PERIOD], {"during": "B"}, notice)
    assert summary.during.text == text
    issues = [(i.code, i.severity, i.ref, i.message) for i in summary.issues]
    line = f"{text} is one day, and the field asks for a stretch of time"
    assert issues == [("period_is_day", "info", "during", line)] * is_told
    day, _ = read(tmp_path, [DAY], {"until": "B"}, notice)
    assert "period_is_day" not in {issue.code for issue in day.issues}
