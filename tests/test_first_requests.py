"""What is shown of a document's requests before any is sent is what is sent."""

from pathlib import Path

import pytest
from fake_model import FakeModel

from summarizer.config import settings
from summarizer.documents.read import read
from summarizer.engine.first_requests import first_requests
from summarizer.engine.schema import load_schema
from summarizer.pipeline import planned, summarize

ROOT = Path(__file__).parent.parent
HEAD = "from typing import Literal\nfrom summarizer.fields import *\n"
OWN = """
class Case(Item, key='firm'):
    '''一个欠薪案例,一家单位一条'''
    firm: Verbatim = ask('欠薪的单位')
    owed: Money | None = ask('拖欠工资的数额')
    state: Literal['付清', '未付清'] | None = ask('处理结果')

class Deed(Item):
    '''一件做了的事'''
    what: str = ask('做什么', max_length=30)

class Loss(Item):
    '''一笔损失'''
    loss: Money = ask('损失')

class Notice(Summary, labels=False, overview=False):
    '''欠薪通报'''
    lead: Verbatim | None = ask('牵头的单位')
    fine: Money | None = ask('罚款')
    cases: tuple[Case, ...] = ()
    deeds: tuple[Deed, ...] = ()
    losses: tuple[Loss, ...] = ()
"""
NOTICE = (
    "欠薪通报\n由县人社局牵头开展检查。\n宏远公司拖欠工资36万元,已付清。\n"
    "县住建局罚款8万元,县水务局罚款5万元。\n"
)


@pytest.fixture
def notice(tmp_path):
    (tmp_path / "own.py").write_text(HEAD + OWN, encoding="utf-8")
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    return tmp_path / "a.txt", str(tmp_path / "own.py")


def shown(file, schema, size):
    chosen = settings(schema=schema, size=size, store="off")
    scheme = load_schema(schema)
    prepared = planned(read(str(file)), scheme, chosen)
    return first_requests(prepared.plan, prepared.parsed, scheme, chosen), chosen


def sent(file, schema, chosen):
    fake = FakeModel()
    summarize(file, model=fake.model, schema=schema, settings=chosen)
    return [asked.messages for asked in fake.history]


def test_each_list_and_each_field_that_is_asked_for_is_shown(notice):
    requests, _ = shown(*notice, "small")
    assert [(one.title, sorted(one.about)) for one in requests] == [
        ("items 1 of 3", ["deeds"]),
        ("the first request for the rows of cases", ["cases"]),
        ("the first request for the items of losses", ["losses"]),
        ("the first request for the field lead", ["lead"]),
        ("the first request for the field fine", ["fine"]),
    ]
    [one], _ = shown(*notice, "large")
    assert one.about == {"lead", "fine", "cases", "deeds", "losses"}


@pytest.mark.parametrize("size", ["small", "large"])
def test_what_is_shown_is_what_is_sent(notice, size):
    requests, chosen = shown(*notice, size)
    history = sent(*notice, chosen)
    assert [one.title for one in requests if one.messages not in history] == []


@pytest.mark.parametrize("genre", ["audit", "bulletin", "indicators", "policy"])
def test_what_is_shown_of_a_genre_that_ships_is_what_is_sent(genre):
    file = ROOT / f"evals/genres/{genre}/{genre}_1.txt"
    for size in ("small", "large"):
        requests, chosen = shown(file, genre, size)
        history = sent(file, genre, chosen)
        assert [one.title for one in requests if one.messages not in history] == []


def test_a_field_is_shown_in_the_first_passage_that_can_say_it(notice, monkeypatch):
    monkeypatch.setenv("SUMMARIZER_CHUNK_CHARS", "30")
    requests, _ = shown(*notice, "large")
    first, *others = requests
    assert "fine" not in first.about
    assert [one for one in others if "fine" in one.about][:1] == others
