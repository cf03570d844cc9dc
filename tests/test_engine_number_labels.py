"""Labels of numbers that a model's states tell: which are asked for, and which stand."""

import pytest

from summarizer.config import Settings
from summarizer.documents.parsed import parse
from summarizer.engine.number_labels import ToldName, asked_numbers, doubted, labelled
from summarizer.engine.probe import NAMER, load_namer
from summarizer.pipeline import summarize
from summarizer.types import Document
from tests.fake_model import FakeModel, read_out

SETTINGS = Settings(store="off", overview=False)
LONG = "老支书何水生带着种植户翻山到邻县学会嫁接后卖出鲜椒12万斤。"
TEXT = f"大坪村工作总结\n{LONG}\n大家动手修渠。花了12天。\n全村硬化村道3公里。\n"


def sentences(text=TEXT):
    return parse(Document("0" * 16, "x", text)).sentences


def told(at, like=0.8, drafted=0.2):
    return ToldName(at=at, like=like, drafted=drafted)


def test_numbers_are_asked_about_whose_drafts_run_on_or_say_nothing():
    read = sentences()
    asked = {m.text: m in doubted(s, None) for s in read for m in s.mentions}
    assert asked == {"12万斤": True, "12天": True, "3公里": False}
    assert [len(one) for one in asked_numbers(read, every=True)] == [0, 1, 0, 1, 1]


def test_places_count_the_sentence_before_and_its_own():
    read = sentences()
    [[], [first], [], [second], []] = asked_numbers(read)
    text = read[0].text + read[1].text
    assert text[slice(*first["at"])] == "12万斤"
    drafted = "".join(text[slice(*at)] for at in first["drafted"])
    assert drafted.endswith("卖出鲜椒")
    text = read[2].text + read[3].text
    assert [text[slice(*at)] for at in second["closed"]] == ["12天"]


def name(words, like=0.8, drafted=0.2, text=TEXT):
    """What is told of the first number, where it is named by these words of its sentence."""
    read = sentences(text)
    joined = read[0].text + read[1].text
    at = [[joined.index(one), joined.index(one) + len(one)] for one in words]
    rest = [[told([], 0.0)] * len(several) for several in asked_numbers(read)[2:]]
    return labelled(read, [[], [told(at, like, drafted)], *rest])


@pytest.mark.parametrize(
    ("words", "like", "drafted", "label"),
    [
        (["卖出鲜椒"], 0.8, 0.2, "卖出鲜椒"),
        (["种植户", "卖出鲜椒"], 0.8, 0.2, "种植户卖出鲜椒"),
        (["卖出鲜椒"], 0.5, 0.5, None),
        (["椒"], 0.8, 0.2, None),
        (["水生带着种植户"], 0.8, 0.2, "何水生带着种植户"),
        (["卖出鲜", "鲜椒"], 0.8, 0.2, "卖出鲜椒"),
    ],
    ids=[
        "likelier",
        "two stretches",
        "as likely",
        "one character",
        "a name is whole",
        "one character twice",
    ],
)
def test_words_stand_where_they_are_likelier_than_the_draft(words, like, drafted, label):
    assert [*name(words, like, drafted).values()] == [label] * (label is not None)


@pytest.mark.parametrize("at", [[[0, 999]], [[-1, 4]], [[5, 5]]])
def test_places_beyond_the_text_name_nothing(at):
    read = sentences()
    rest = [[told([], 0.0)] * len(several) for several in asked_numbers(read)[2:]]
    assert labelled(read, [[], [told(at)], *rest]) == {}


def test_what_is_not_told_of_every_number_names_none():
    assert labelled(sentences(), [[], [told([[0, 4]])]]) == {}


def summary(numbers, **script):
    """The labels of a summary, where the embedded model's states name its numbers so."""
    namer = load_namer(NAMER)
    read = read_out([-9.0] * 5) | ({} if numbers is None else {"numbers": numbers})
    fake = FakeModel(name=namer.model, measures=[read], judge=-9.0, **script)
    made = summarize(Document("0" * 16, "x", TEXT), model=fake.model, settings=SETTINGS)
    return {one.text: one.label for one in made.figures}, fake, made


def test_a_label_is_what_the_states_tell_and_is_not_asked_for():
    joined = sentences()[0].text + LONG
    words = [[joined.index("卖出鲜椒"), joined.index("卖出鲜椒") + 4]]
    last = sentences()[2].text + sentences()[3].text
    other = [[last.index("修渠"), last.index("修渠") + 2]]
    one = {"like": 0.8, "drafted": 0.1}
    labels, fake, made = summary([[], [one | {"at": words}], [], [one | {"at": other}], []])
    assert labels == {"12万斤": "卖出鲜椒重量", "12天": "修渠天数", "3公里": "全村硬化村道里程"}
    assert not fake.asked("figures")
    assert "numbers.probe" in made.provenance.prompts
    assert made.provenance.labels == {"model": 0, "grammar": 1, "states": 2}


@pytest.mark.parametrize("numbers", [None, [], [[], [], [], [], []]])
def test_without_such_words_drafts_stand(numbers):
    labels, _, _ = summary(numbers)
    assert set(labels) == {"12万斤", "12天", "3公里"}
    assert "鲜椒" in labels["12万斤"]
