"""Prompts: locked once released, examples that the live checks accept and that never leak."""

import hashlib
import json
import re
import tomllib
from dataclasses import replace
from itertools import chain
from pathlib import Path
from types import SimpleNamespace

import pytest
from fake_model import FakeModel, least

from summarizer.config import Settings, settings
from summarizer.documents.clean import clean
from summarizer.documents.read import read
from summarizer.documents.sentences import split_sentences
from summarizer.engine.answers import item_model
from summarizer.engine.chunk import Chunk
from summarizer.engine.grounding import char_recall
from summarizer.engine.item_answers import raw_items
from summarizer.engine.marks import Marks
from summarizer.engine.passage import OPENING, AskedPassage
from summarizer.engine.prompt import load_template
from summarizer.engine.schema import load_schema
from summarizer.engine.written import Facts, _answer
from summarizer.errors import ConfigError
from summarizer.pipeline import summarize
from summarizer.zh.names import find_names
from summarizer.zh.quantities import find_mentions

ROOT = Path(__file__).parent.parent
LOCK = Path(__file__).parent / "data" / "prompts.lock"
PROMPTS = sorted(path.stem for path in (ROOT / "prompts").glob("*.jinja"))
REPORT = Path(__file__).parent / "data" / "short_report.txt"
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
SETTINGS = Settings(store="off", overview="written", asked_labels="all")


def hashes():
    return {
        name: hashlib.sha256((ROOT / "prompts" / f"{name}.jinja").read_bytes()).hexdigest()[:16]
        for name in PROMPTS
    }


def test_released_prompts_never_change(request):
    """A released file stays as it is: the next version is a new file.

    `pytest tests/test_prompts.py --update-golden` writes the lock while a version is unreleased:
    it takes in what is new or changed, and git shows it.
    """
    if request.config.getoption("--update-golden"):
        lines = (f"{name} {digest}\n" for name, digest in sorted(hashes().items()))
        LOCK.write_text("".join(lines), encoding="utf-8", newline="\n")
    locked = dict(line.split() for line in LOCK.read_text(encoding="utf-8").splitlines())
    assert hashes() == locked, "make a next version, or --update-golden if it is not released"


@pytest.mark.parametrize("name", PROMPTS)
def test_a_prompt_has_a_version_and_says_what_it_is_for(name):
    assert re.fullmatch(r"[a-z.]+\.v\d+(?:\.en)?", name)
    template = load_template(name)
    assert template.id == name
    front = (ROOT / "prompts" / f"{name}.jinja").read_text(encoding="utf-8").split("+++\n")[1]
    assert tomllib.loads(front)["about"].endswith(".")
    assert template.hash == hashes()[name]


def test_a_prompt_that_is_not_there_and_one_without_front_matter():
    with pytest.raises(ConfigError):
        load_template("nowhere.v1")


def test_a_variable_that_is_forgotten_is_an_error():
    with pytest.raises(ConfigError, match=r"figures.v1.jinja: 'keys' is undefined"):
        load_template("figures.v1").messages(text="甲")


HOSTILE = "{{ 7*7 }}{% for x in y %}{# z #}{{ self.__init__.__globals__ }}"


def test_a_variable_is_never_read_as_a_template():
    asked = load_template("figures.v1").messages(text=HOSTILE, keys=[HOSTILE])
    assert HOSTILE in asked[-1]["content"]
    assert [m["role"] for m in asked][:1] == ["system"]
    assert asked[-1]["role"] == "user"


def examples_of(family):
    names = [name for name in PROMPTS if name.startswith(f"{family}.")]
    return [e for name in names for e in load_template(name).examples]


def asked_by(family):
    """The prompt that each example of a family stands in."""
    return [n for n in PROMPTS if n.startswith(f"{family}.") for _ in load_template(n).examples]


def known_to_fail(family, *numbers):
    """The numbers of a family's examples, those given as strict known failures."""
    fails = pytest.mark.xfail(reason="its answer is refused by the live checks")
    return [
        pytest.param(n, marks=fails if n in numbers else ())
        for n in range(len(examples_of(family)))
    ]


def told(family):
    """The answers to the examples of a family, as the model sees them."""
    names = [name for name in PROMPTS if name.startswith(f"{family}.")]
    turns = [t for n in names for t in blank(load_template(n)) if t["role"] == "assistant"]
    return [json.loads(turn["content"]) for turn in turns]


def blank(template):
    variables = dict.fromkeys(("text", "fault", "place", "title", "period", "before", "aside"), "")
    lists = dict.fromkeys(
        (
            "keys",
            "sentences",
            "names",
            "measures",
            "figures",
            "lines",
            "headings",
            "items",
            "wanted",
        ),
        (),
    )
    fixed = {"lists": (), "marks": Marks("⟦", "⟧"), "whose": True}
    fixed |= {"about": "", "labels": True, "asked": {}, "own": {}, "dates": True, "fields": ()}
    fixed |= {"about": "", "labels": True, "asked": {}, "own": {}, "dates": True, "fields": ()}
    return template.messages(fixed=fixed, wrong=(), facts=(), **variables, **lists)


def document_of(example, tmp_path):
    text = example.get("text") or "\n".join(
        re.sub(r"^(?:\d+\.|# )", "", line) for line in example["sentences"]
    )
    path = tmp_path / "example.txt"
    path.write_text(text + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("number", range(len(examples_of("figures"))))
def test_the_examples_of_figures_pass_the_live_checks(number, tmp_path):
    path = document_of(examples_of("figures")[number], tmp_path)
    answer = told("figures")[number]
    fake = FakeModel(figures=lambda asked: {k: answer[k] for k in asked.keys})
    summary = summarize(path, model=fake.model, settings=SETTINGS)
    assert {fold_key(f.text): f.label for f in summary.figures} == {
        fold_key(k): v for k, v in answer.items()
    }


def fold_key(text):
    return text.removeprefix("近")


@pytest.mark.parametrize("number", known_to_fail("items.report"))
def test_the_examples_of_items_pass_the_live_checks(number, tmp_path):
    """Asked about its own sentences, an example's items are all taken."""
    example = examples_of("items.report")[number]
    cleaned = clean(read(document_of(example, tmp_path)))
    sentences = split_sentences(cleaned, find_mentions(cleaned), find_names(cleaned.text))
    passage = AskedPassage(Chunk(sentences), load_schema("report").hooks)
    assert passage.lines == example["sentences"]
    answer = told("items.report")[number]
    schema = load_schema("report")
    for listed in schema.lists:
        answered = answer.get(listed.name) or {}
        raw = raw_items(listed, answered, passage)
        parties = [passage.name_groups.get(key, (key,)) for key, value in answered.items() if value]
        wanted = chain.from_iterable(parties if listed.names else answered.values())
        assert len(raw) == len(list(wanted))
        for one in raw:
            item_model(listed, passage).model_validate(one)


@pytest.mark.parametrize("number", known_to_fail("overview"))
def test_the_examples_of_the_overview_pass_the_live_checks(number):

    example = examples_of("overview")[number]
    told = example.get("figures") or example["facts"]
    facts = Facts(
        None, None, None, tuple(SimpleNamespace(id=i, label=label) for i, label, *_ in told), ()
    )
    asked = load_template(asked_by("overview")[number]).messages(
        fixed={"about": ""}, **{k: v for k, v in example.items() if k != "answer"}
    )
    _answer(facts, asked).model_validate(example["answer"])


def parrot(asked):
    """The example's answer, whatever was asked: whole, or under the keys asked for."""
    if asked.family == "judge":
        return 9.0
    said = least(asked.schema)
    if asked.family == "figures":
        names = [v for answer in told("figures") for v in answer.values()]
        return {key: names[i % len(names)] for i, key in enumerate(asked.keys)}
    if asked.family == "items":
        items = [i for a in told("items.report") for v in a["measures"].values() for i in v]
        said = {"measures": {}} | said
        deed = {"role": "大坪村党员", "deed": "自筹资金办豆腐坊,带动村民增收"}
        said["measures"] = dict.fromkeys(said["measures"], items)
        said["exemplars"] = dict.fromkeys(said.get("exemplars", ()), deed) | {"王桂英": deed}
        return said
    return told(asked.family)[0] if told(asked.family) else said


@pytest.mark.parametrize("number", range(len(examples_of("passage"))))
def test_the_examples_of_passages_pass_the_live_checks(number, tmp_path):
    """Shown as it is in the prompt, an example's text is asked so, and its answer is taken whole."""
    example, answer = examples_of("passage")[number], told("passage")[number]
    lines = [re.sub(r"^\[\d+\]|^# ", "", line) for line in example["lines"]]
    text = re.sub(r"⟦\w+\|(.*?)⟧", r"\1", "\n".join(lines))
    path = tmp_path / "example.txt"
    path.write_text(text + "\n", encoding="utf-8")
    fake = FakeModel(passage=lambda asked: answer, overview={"overview": "x"})
    prompt = asked_by("passage")[number]
    chosen = settings(size="large", store="off", reasks=0, prompts=prompt)
    summary = summarize(path, model=fake.model, settings=chosen)
    shown = fake.asked("passage")[0].text
    assert [line for line in example["lines"] if line not in shown] == []
    assert {f.label for f in summary.figures} == {
        said["label"] for said in answer["figures"].values() if "label" in said
    }
    assert [m.title for m in summary.measures] == [m["title"] for m in answer["measures"]]
    assert [e.deed for e in summary.exemplars] == [e["deed"] for e in answer["exemplars"]]
    assert {i.code for i in summary.issues} <= {"overview_extracted", "unproved_words"}


def test_the_examples_of_other_lists_are_keyed_and_worded_as_an_answer_must_be():
    for example in load_template("items.v3").examples:
        (line,), ((key, items),) = (
            example["sentences"],
            next(iter(example["answer"].values())).items(),
        )
        assert key == line[: len("1.") + OPENING]
        for words in (words for item in items for words in item.values()):
            assert char_recall(words, line) > 0.5
            assert not re.search(r"\d", words)


SENTINELS = re.compile("青山镇|大坪村|豆腐坊|焊工|兴业|王桂英|何平|机耕道|烤烟|辣椒|义诊|农商行")


@pytest.mark.parametrize("strategy", ["anchored", "verbatim"])
@pytest.mark.parametrize("path", [REPORT, *SEEDS], ids=lambda p: p.stem[:3])
def test_examples_that_are_parroted_never_get_into_a_summary(path, strategy):
    fake = FakeModel(default=parrot)
    chosen = Settings(store="off", overview="written", strategy=strategy)
    summary = summarize(path, model=fake.model, settings=chosen)
    source = clean(read(path)).text
    said = summary.model_dump_json(exclude={"issues", "provenance", "document"})
    assert {word for word in SENTINELS.findall(said) if word not in source} == set()


def test_another_version_of_a_prompt_can_be_asked_for():
    """`--prompt` of the evals and the setting `prompts` choose; what is no prompt is refused."""
    asked = summarize(REPORT, model=FakeModel().model, settings=SETTINGS).provenance.prompts
    chosen = replace(SETTINGS, prompts="figures.v1, overview.v4")
    same = summarize(REPORT, model=FakeModel().model, settings=chosen).provenance.prompts
    assert same == asked
    for wrong in ("figures.v99", "nonsense.v1"):
        with pytest.raises(ConfigError, match=wrong.split(".")[0]):
            summarize(
                REPORT,
                model=FakeModel().model,
                settings=Settings(store="off", prompts=wrong),
            )
