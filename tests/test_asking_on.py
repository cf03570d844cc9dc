"""A list that came back full is asked on, as far as the text goes; what may lack is told."""

from __future__ import annotations

import json
import re

import pytest
from fake_model import FakeModel
from fake_server import FakeServer, says

from summarizer.config import settings
from summarizer.documents.parsed import parse
from summarizer.engine.asking_on import LEAST_PART, PART, ROUNDS
from summarizer.engine.reading_draft import MOST_ITEMS
from summarizer.pipeline import summarize
from summarizer.types import Document

SCHEMA = '''
from typing import Literal

from summarizer.fields import Item, Money, Summary, Verbatim, ask


class Village(Item, key="name"{most}):
    """一个村得到的钱"""

    name: Verbatim = ask("村名")
    money: Money | None = ask("金额")


class Villages(Summary, labels=False, overview=False):
    """各村得到的钱"""

    schema_id: Literal["villages.v1"] = "villages.v1"

    villages: tuple[Village, ...] = ()
'''
SIGNS = "东西南北中上下前后左右金木水火土春夏秋冬日月山川云"
NAMES = [a + b + "村" for a in SIGNS for b in SIGNS]
MANY = "县里拨款100万元,给了" + "、".join(NAMES[:480]) + "。\n"
PIECES = [sentence.text for sentence in parse(MANY).sentences]  # it has no end that soon
ONE = "县里拨款100万元,给了" + "、".join(NAMES[:100]) + "。\n"


@pytest.fixture
def schema(tmp_path):
    def written(most=""):
        path = tmp_path / "villages.py"
        path.write_text(SCHEMA.format(most=most), encoding="utf-8")
        return str(path)

    return written


def told(names):
    """Villages, each with the piece of MANY that it stands in."""
    found = {name: n for n, text in enumerate(PIECES, 1) for name in NAMES if name in text}
    return [{"name": name, "money": None, "sentences": [found.get(name, 1)]} for name in names]


def read(text, schema, **script):
    fake = FakeModel(**script)
    chosen = settings(size="large", store="off", schema=schema)
    return summarize(Document("0" * 16, "x", text), model=fake.model, settings=chosen), fake


def codes(summary):
    return [issue.code for issue in summary.issues]


def test_a_list_of_as_many_items_as_are_taken_is_asked_on(schema):
    """What was told before is shown; the rest ends where fewer come than were asked for."""
    more = [{"villages": told(NAMES[200:240])}, {"villages": told(NAMES[240:250])}]
    first = {"villages": told(NAMES[:MOST_ITEMS])}
    summary, fake = read(MANY, schema(), passage=first, more=more)
    assert [one.name for one in summary.villages] == NAMES[:250]
    assert codes(summary) == ["numbers_left"]
    assert set(summary.provenance.prompts) == {"passage.v2", "more.v1"}
    asked = fake.asked("more")
    assert len(asked) == 2
    assert f"- {NAMES[0]}\n" in asked[0].text
    assert f"- {NAMES[239]}" in asked[1].text
    assert NAMES[240] not in asked[1].text.split("已经摘出")[1]
    assert asked[0].schema["properties"]["villages"]["maxItems"] == PART


def test_a_list_that_is_not_full_is_not_asked_on(schema):
    summary, fake = read(ONE, schema(), passage={"villages": told(NAMES[:40])})
    assert len(summary.villages) == 40
    assert fake.asked("more") == []


def test_one_that_is_told_twice_is_one(schema):
    again = [*told(NAMES[190:200]), {"name": NAMES[0], "money": "a 100万元", "sentences": [1]}]
    first = {"villages": told(NAMES[:MOST_ITEMS])}
    summary, _ = read(MANY, schema(), passage=first, more={"villages": again})
    assert len(summary.villages) == MOST_ITEMS
    assert summary.villages[0].money.text == "100万元"
    assert codes(summary) == ["items_merged"]


def test_a_model_that_only_repeats_itself_is_asked_once(schema):
    first = {"villages": told(NAMES[:MOST_ITEMS])}
    summary, fake = read(MANY, schema(), passage=first, more={"villages": told(NAMES[:PART])})
    assert (len(summary.villages), len(fake.asked("more"))) == (MOST_ITEMS, 1)


def test_a_model_that_never_ends_is_stopped_and_told(schema):
    parts = [{"villages": told(NAMES[i : i + PART])} for i in range(MOST_ITEMS, 480, PART)]
    first = {"villages": told(NAMES[:MOST_ITEMS])}
    summary, fake = read(MANY, schema(), passage=first, more=parts)
    assert len(fake.asked("more")) == ROUNDS
    assert codes(summary) == ["list_full", "numbers_left"]
    assert summary.issues[0].severity == "warning"


def test_what_is_told_on_and_cannot_stand_is_asked_again_like_the_rest(schema):
    first = {"villages": told(NAMES[:MOST_ITEMS])}
    fixed = {"villages 201": told([NAMES[200]])[0]}
    summary, fake = read(
        MANY,
        schema(),
        passage=first,
        more={"villages": told(["无此村"])},
        correction={"corrected": fixed},
    )
    assert "无此村" in fake.asked("correction")[0].text
    assert summary.villages[-1].name == NAMES[200]


def replies(body, rest):
    """Of one sentence: an answer with a list is cut; without, and in parts, it is whole."""
    wanted = body["response_format"]["json_schema"]["schema"]["properties"]
    if "villages" not in wanted:
        return says(json.dumps(dict.fromkeys(wanted)))
    if "maxItems" not in wanted["villages"]:
        return says('{"villages": [{"name": "东', finish="length")
    shown = re.findall("- (.{3})", body["messages"][-1]["content"])
    left = [name for name in rest if name not in shown]
    return says(json.dumps({"villages": told(left[: wanted["villages"]["maxItems"]])}))


def test_a_sentence_whose_answer_is_cut_is_asked_in_parts(schema):
    """A real server that says `finish_reason: length`: nothing is lost, and nothing is halved."""
    names = NAMES[:100]
    with FakeServer(lambda body: replies(body, names)) as server:
        chosen = settings(
            size="large", base_url=server.url, retries=0, store="off", schema=schema()
        )
        text = "县里拨款100万元,给了" + "、".join(names) + "。\n"
        summary = summarize(Document("0" * 16, "x", text), model="fake", settings=chosen)
    assert [one.name for one in summary.villages] == names
    assert codes(summary) == ["numbers_left"]
    assert summary.provenance.prompts.keys() == {"passage.v2", "more.v1"}


def test_parts_that_are_cut_too_get_smaller_and_then_it_is_told(schema):
    asked = []

    def cut(body):
        wanted = body["response_format"]["json_schema"]["schema"]["properties"]
        if "villages" not in wanted:
            return says(json.dumps(dict.fromkeys(wanted)))
        asked.append(wanted["villages"].get("maxItems"))
        return says('{"villages": [', finish="length")

    with FakeServer(cut) as server:
        chosen = settings(
            size="large", base_url=server.url, retries=0, store="off", schema=schema()
        )
        summary = summarize(Document("0" * 16, "x", ONE), model="fake", settings=chosen)
    assert asked == [None, 40, 20, 10, 5]
    assert not min(asked[1:]) < LEAST_PART
    assert codes(summary) == ["list_full", "numbers_left"]


def test_what_a_class_says_is_the_most_of_a_sentence_is_held(schema):
    summary, _ = read(ONE, schema(", most=2"), passage={"villages": told(NAMES[:3])})
    assert [one.name for one in summary.villages] == NAMES[:2]
    assert codes(summary) == ["item_dropped", "numbers_left"]
    assert "its sentence tells of 2 at most" in summary.issues[0].message


def test_what_is_the_most_of_a_sentence_is_held_of_items_with_a_wrong_key_too(tmp_path):
    several = SCHEMA.format(most=", most=2").replace("Money | None", "list[Money]")
    (tmp_path / "several.py").write_text(several, encoding="utf-8")
    items = [one | {"money": ["a 100万元", "z 9元"]} for one in told(NAMES[:3])]
    summary, fake = read(ONE, str(tmp_path / "several.py"), passage={"villages": items})
    assert len(fake.asked("correction")) == 1
    assert [one.name for one in summary.villages] == NAMES[:2]
    assert codes(summary) == ["field_dropped", "field_dropped", "item_dropped"]


SMALL = "县里给东村、西村、南村、北村、上村、下村各拨了钱。\n"


def listed(asked, names):
    key = next(iter(asked.schema["properties"]["villages"]["properties"]))
    return {"villages": {key: [{"name": name} for name in names]}}


def test_a_small_model_is_asked_again_about_the_sentence_that_is_full(schema):
    names = re.findall("([东西南北上下]村)", SMALL)
    script = [lambda asked: listed(asked, names[:3]), lambda asked: listed(asked, names)]
    fake = FakeModel(items=script)
    chosen = settings(size="small", store="off", schema=schema())
    summary = summarize(Document("0" * 16, "x", SMALL), model=fake.model, settings=chosen)
    first, again = (
        next(iter(one.schema["properties"]["villages"]["properties"].values()))["maxItems"]
        for one in fake.asked("items")
    )
    assert (first, again) == (3, 12)
    assert [one.name for one in summary.villages] == names
    assert codes(summary) == []


def test_a_sentence_that_is_full_is_asked_about_for_that_list_alone(tmp_path):
    """The other list was answered, and what it takes of the limit is lost."""
    two = SCHEMA.format(most="") + "    others: tuple[Other, ...] = ()\n"
    other = 'class Other(Item):\n    """另外的事"""\n\n    what: str = ask("什么事")\n\n\n'
    path = tmp_path / "two.py"
    path.write_text(two.replace("class Villages", other + "class Villages"), encoding="utf-8")
    names = re.findall("([东西南北上下]村)", SMALL)

    def answered(asked):
        some = {key: {} for key in asked.schema["properties"]}
        return some | listed(asked, names[:3] if len(some) > 1 else names)

    fake = FakeModel(items=answered)
    chosen = settings(size="small", store="off", schema=str(path))
    summary = summarize(Document("0" * 16, "x", SMALL), model=fake.model, settings=chosen)
    first, again = fake.asked("items")
    assert (first.keys, again.keys) == (["villages", "others"], ["villages"])
    assert "另外的事" in first.text
    assert "另外的事" not in again.text
    assert [one.name for one in summary.villages] == names


def test_a_small_model_that_fills_that_too_is_told_of(schema):
    fake = FakeModel(items=lambda asked: listed(asked, ["东村"] * 12))
    chosen = settings(size="small", store="off", schema=schema())
    summary = summarize(Document("0" * 16, "x", SMALL), model=fake.model, settings=chosen)
    assert len(fake.asked("items")) == 2
    assert "list_full" in codes(summary)


DEEDS = [
    "修建道路",
    "改造泵站",
    "新建学校",
    "培训村民",
    "种植油茶",
    "清理河道",
    "安装路灯",
    "栽植树木",
    "发放补贴",
]
DONE = "2024年,全县" + "、".join(DEEDS) + "。\n"
ACTS = """from typing import Annotated
from summarizer.checks import action
from summarizer.fields import Item, Summary, ask

class Deed(Item{most}):
    "一件事"
    what: Annotated[str, action] = ask("做了什么", max_length=20)

class Deeds(Summary, labels=False, overview=False):
    "做的事"
    deeds: tuple[Deed, ...] = ()
"""


@pytest.mark.parametrize(
    ("most", "limits", "lost"), [("", [3, 12], 0), (", most=2", [2], 7), (", most=20", [20], 0)]
)
def test_items_that_name_an_action_have_no_other_most_than_their_class_says(
    tmp_path, most, limits, lost
):
    path = tmp_path / "deeds.py"
    path.write_text(ACTS.format(most=most), encoding="utf-8")

    def all_that_fit(asked):
        [(key, shape)] = asked.schema["properties"]["deeds"]["properties"].items()
        return {"deeds": {key: [{"what": deed} for deed in DEEDS[: shape["maxItems"]]]}}

    fake = FakeModel(items=all_that_fit)
    chosen = settings(size="small", store="off", schema=str(path))
    summary = summarize(Document("0" * 16, "x", DONE), model=fake.model, settings=chosen)
    shapes = [one.schema["properties"]["deeds"]["properties"] for one in fake.asked("items")]
    assert [next(iter(one.values()))["maxItems"] for one in shapes] == limits
    assert [one.what for one in summary.deeds] == DEEDS[: len(DEEDS) - lost]
    assert codes(summary) == []


def test_actions_of_a_sentence_that_may_be_more_still_are_told_of(tmp_path):
    path = tmp_path / "deeds.py"
    path.write_text(ACTS.format(most=""), encoding="utf-8")

    def full(asked):
        [(key, shape)] = asked.schema["properties"]["deeds"]["properties"].items()
        return {"deeds": {key: [{"what": DEEDS[0]}] * shape["maxItems"]}}

    fake = FakeModel(items=full)
    chosen = settings(size="small", store="off", schema=str(path))
    summary = summarize(Document("0" * 16, "x", DONE), model=fake.model, settings=chosen)
    assert "list_full" in codes(summary)


def test_a_genre_may_say_how_many_actions_a_sentence_tells_of(tmp_path):
    folder = tmp_path / "deeds"
    folder.mkdir()
    (folder / "schema.py").write_text(ACTS.format(most=""), encoding="utf-8")
    hook = "def most_actions(text):\n    return 2\n"
    (folder / "hooks.py").write_text(hook, encoding="utf-8")

    def two(asked):
        [(key, shape)] = asked.schema["properties"]["deeds"]["properties"].items()
        return {"deeds": {key: [{"what": deed} for deed in DEEDS[: shape["maxItems"]]]}}

    fake = FakeModel(items=two)
    chosen = settings(size="small", store="off", schema=str(folder))
    summary = summarize(Document("0" * 16, "x", DONE), model=fake.model, settings=chosen)
    assert (len(summary.deeds), len(fake.asked("items"))) == (2, 1)
