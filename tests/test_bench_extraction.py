"""The benchmark beside langextract: fair to it, counted from outside, kept when interrupted."""

import json
import re
import sys
import tomllib
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from fake_server import FakeServer, error, says
from tiny_gguf import write_tiny_gguf

from evals.bench import _scoring, _sides, extraction
from evals.bench._counting import Cost, CountingProxy, direct
from evals.bench._scoring import Claim, Tally, match_claims
from evals.bench._server import least
from evals.bench._verdict import Side, figures_of
from evals.cases import Case, Gold, GoldFigure, NonFigure, load_cases
from evals.commands import bench as command
from evals.ideal import ideal
from evals.program import run
from evals.truth import find_figures
from summarizer.config import Settings
from summarizer.errors import AnswerTruncated, ConfigError
from summarizer.models import open_model
from summarizer.types import Span

ROOT = Path(__file__).parent.parent
TASK = tomllib.loads(_sides.TASK.read_text(encoding="utf-8"))
TEXT = "修路18公里,投资60万元,惠及25户,又惠及25户,约用7天。"


@lru_cache
def case(name: str) -> Case:
    return next(c for c in load_cases("all") if c.name.startswith(name))


def template(name: str) -> dict:
    return tomllib.loads((ROOT / "prompts" / name).read_text(encoding="utf-8").split("+++")[1])


# What langextract is told


def test_the_few_shot_has_the_content_of_our_prompts():
    ours = template("items.report.v2.jinja")["examples"][0]
    assert TASK["example"]["text"].split() == [s.lstrip("# 0123456789.") for s in ours["sentences"]]
    given = [(e["class"], e["text"], e["attributes"]) for e in TASK["example"]["extractions"]]
    answer = ours["answer"]
    measures = [measure for each in answer["measures"].values() for measure in each]
    assert [a for kind, _, a in given if kind == "measure"] == measures
    people = {
        name: said
        for party, said in answer["exemplars"].items()
        for name in party.split("、")
        if said
    }
    assert {text: a for kind, text, a in given if kind == "exemplar"} == people


def test_the_few_shot_stands_in_its_own_text_and_has_all_its_figures():
    text, extractions = TASK["example"]["text"], TASK["example"]["extractions"]
    assert all(e["text"] in text for e in extractions)
    figures = {e["text"] for e in extractions if e["class"] == "figure"}
    assert figures == {f.text for f in find_figures(text)}


def test_the_description_names_our_categories():
    ours = template("items.report.v2.jinja")["system"].partition("类别:")[2].partition("。")[0]
    theirs = TASK["description"].partition("取下列之一:")[2].partition("。")[0]
    assert theirs.split("、") == re.sub("[(][^)]*[)]", "", ours).split(",")


# The rule


def gold_figure(text: str, value: str, unit: str, **more) -> GoldFigure:
    start = TEXT.rindex(text) if more.get("repeats") is not None else TEXT.index(text)
    given = {
        "span": Span(start, start + len(text)),
        "text": text,
        "value": Decimal(value),
        "unit": unit,
        "units": frozenset([unit]),
    }
    empty = dict.fromkeys(("high", "subject", "period", "repeats"))
    plain = {"bound": "exact", "kind": "count", "label": "", "borderline": False}
    return GoldFigure(**empty | plain | {"implied_unit": False} | given | more)


GOLD = Gold(
    (
        gold_figure("18公里", "18", "公里"),
        gold_figure("60万元", "600000", "元"),
        gold_figure("25户", "25", "户"),
        gold_figure("25户", "25", "户", repeats=2),
        gold_figure("7天", "7", "天", borderline=True),
    ),
    (NonFigure(Span(0, 2), "修路", "idiom", borderline=True),),
)


def claim(text: str, at: int | None = None) -> Claim:
    place = () if at is None else (Span(at, at + len(text)),)
    return Claim(place, tuple(find_figures(text)))


@pytest.mark.parametrize(
    ("claims", "found", "false"),
    [
        ([claim("18公里", 2)], 1, 0),
        ([claim("18公", 2)], 1, 0),
        ([claim("1", 2)], 0, 1),
        ([claim("投资60万元", 7)], 1, 0),
        ([claim("修路18公里,投资60万元", 0)], 1, 0),
        ([claim("60万元")], 1, 0),
        ([claim("60万元", 99)], 1, 0),
        ([claim("60万户")], 0, 1),
        ([claim("86万元")], 0, 1),
        ([claim("25户", TEXT.rindex("25户"))], 1, 0),
        ([claim("25户", TEXT.index("25户")), claim("25户", TEXT.rindex("25户"))], 1, 0),
        ([claim("18公里", 2)] * 3, 1, 0),
        ([claim("7天", TEXT.index("7天"))], 0, 0),
        ([claim("修路", 0)], 0, 0),
        ([claim("18公里", 2), claim("60万元"), claim("25户"), claim("9个")], 3, 1),
        ([], 0, 0),
    ],
    ids=lambda given: str(len(given)) if isinstance(given, list) else str(given),
)
def test_a_claim_finds_by_place_or_by_amount(claims, found, false):
    assert match_claims(GOLD, claims) == (found, 3, false)


def test_an_ideal_summary_has_everything():
    seed = case("002")
    tally = _scoring.tally_of_summary(seed, ideal(seed))
    assert tally.found == tally.wanted == 38
    assert (tally.f1, tally.false, tally.exemplars_false, tally.measures_false) == (1, 0, 0, 0)
    assert tally.exemplars_found == tally.exemplars_wanted > 0
    assert tally.measures_found == tally.measures_wanted > 0


def extracted(kind: str, text: str, start: int | None = None, **attributes) -> dict:
    end = None if start is None else start + len(text)
    return {"class": kind, "text": text, "start": start, "end": end, "attributes": attributes}


def test_extractions_are_held_against_the_same_gold():
    seed = case("002")
    wanted = seed.gold
    name = wanted.items["exemplars"][0].values["name"][0]
    passage = wanted.items["measures"][0].evidence[0]
    figure = next(f for f in wanted.figures if f.repeats is None and not f.borderline)
    extractions = [
        extracted("figure", seed.text[figure.span.slice], figure.span.start, label=None),
        extracted("figure", "86万元", label="村道硬化投资金额"),
        extracted("exemplar", name),
        extracted("exemplar", name, role=["党员"]),
        extracted("exemplar", "王桂英"),
        extracted("measure", seed.text[passage.slice], passage.start, title="做了"),
        extracted("nothing", "没有"),
    ]
    tally = _scoring.tally_of_extractions(seed, extractions)
    assert (tally.found, tally.false) == (1, 1)
    assert (tally.exemplars_found, tally.exemplars_false) == (1, 1)
    assert (tally.measures_found, tally.measures_false) == (1, 0)


def test_a_tool_that_failed_found_nothing():
    tally = _scoring.tally_of_nothing(case("002"))
    assert (tally.found, tally.wanted, tally.false, tally.f1) == (0, 38, 0, 0.0)


# Counting


def asked(url: str, key: str = "") -> dict:
    proxy = SimpleNamespace(url=url)
    return _sides.Through(None, Settings(store="off"), proxy).answer({"messages": []})


def test_the_proxy_counts_what_the_server_says_and_gives_the_key():
    with (
        FakeServer(says("{}", usage=(20, 7)), says("{}", usage=None), error(503)) as server,
        CountingProxy(server.url, "secret") as proxy,
    ):
        assert asked(proxy.url)["choices"][0]["message"]["content"] == "{}"
        asked(proxy.url)
        assert asked(proxy.url)["error"]["message"] == "boom"
        assert proxy.taken() == Cost(3, 1, 20, 7)
        assert proxy.taken() == Cost()
        assert {r.headers["authorization"] for r in server.requests} == {"Bearer secret"}
        assert {r.path for r in server.requests} == {"/v1/chat/completions"}


def test_questions_about_models_are_not_counted():
    with (
        FakeServer(says("{}"), models=("one",)) as server,
        CountingProxy(server.url, "") as proxy,
    ):
        with direct.open(f"{proxy.url}/models") as answer:
            assert json.load(answer)["data"][0]["id"] == "one"
        assert proxy.taken() == Cost()


def test_a_server_that_is_away_is_a_failed_request():
    with FakeServer(says("{}")) as server:
        gone = server.url
    with CountingProxy(gone, "") as proxy:
        assert "cannot be reached" in asked(proxy.url)["error"]["message"]
        assert proxy.taken() == Cost(1, 1, 0, 0)


def test_the_engine_is_asked_through_the_proxy_as_the_product_asks_it(tmp_path, peer):
    schema = {"type": "object", "properties": {"3户": {"enum": ["甲乙"]}}, "required": ["3户"]}
    wanted = {"type": "json_schema", "json_schema": {"name": "a", "schema": schema}}
    question = {"messages": [{"role": "user", "content": "好"}], "response_format": wanted}
    spec = f"local:{write_tiny_gguf(tmp_path / 'tiny.gguf')}"
    settings = Settings(model=spec, context=2048, threads=1)
    with open_model(spec, replace(settings, store="off")) as model:
        alone = model.create(**question)
    with _sides.opened(settings, peer) as bench:
        assert bench.model.id == model.id
        answer = bench.model.create(**question)
        cost = bench.proxy.taken()
        with pytest.raises(AnswerTruncated):  # an error of the engine's comes through as it is
            bench.model.create(messages=[{"role": "user", "content": "好" * 2000}])
        assert bench.proxy.taken().failed == 1
    assert (
        answer.choices[0].message.content == alone.choices[0].message.content == '{"3户": "甲乙"}'
    )
    assert answer.usage == alone.usage
    assert cost == Cost(1, 0, answer.usage.prompt_tokens, answer.usage.completion_tokens)


# The run


def answered(body: dict):
    schema = body["response_format"]["json_schema"]["schema"]
    return says(json.dumps(least(schema, schema), ensure_ascii=False), usage=(300, 40))


@pytest.fixture
def peer(tmp_path) -> Path:
    """A program in the place of langextract's Python: one figure, nobody asked."""
    said = {"version": "0", "seconds": 9.5, "extractions": [extracted("figure", "5名")]}
    program = tmp_path / "python"
    program.write_text(
        f"#!/bin/sh\ncat > '{tmp_path}/job.json'\necho '{json.dumps(said)}'\n", encoding="utf-8"
    )
    program.chmod(0o755)
    return program


def main(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        extraction.main(arguments)
    return ended.value.code


@pytest.fixture
def arguments(tmp_path, peer, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    with FakeServer(answered, models=("fake",)) as server:
        where = ("--model", "fake", "--base-url", server.url, "--dataset", "own")
        yield ("01", "02", *where, "--python", str(peer), "-o", str(tmp_path / "out"))


def report_of(tmp_path: Path) -> dict:
    return json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))


def test_both_tools_are_measured_and_the_report_says_so(arguments, tmp_path, capsys):
    assert main(*arguments) == 1  # the peer asked nothing: no tokens are half of none
    report = report_of(tmp_path)
    assert report["is_whole"]
    assert list(report["documents"]) == ["01_harbour_district", "02_mountain_township"]
    sides = report["all"]["sides"]
    assert sides["summarizer"]["figures"]["f1"] > 0.9
    assert sides["summarizer"]["cost"]["requests"] > 0
    assert sides["summarizer"]["cost"]["completion_tokens"] % 40 == 0
    assert sides["langextract"]["cost"]["requests"] == 0
    assert sides["langextract"]["seconds"] == 19
    assert report["all"]["floors"]["completion tokens at most half"] is False
    captured = capsys.readouterr()
    assert "minutes" in captured.err
    assert all(word in captured.out for word in ("langextract", "summarizer", "missed", "all"))
    job = json.loads((tmp_path / "job.json").read_text(encoding="utf-8"))
    assert job["text"] == case("02_mountain").text
    assert "secret" not in json.dumps(job)


def test_what_is_done_survives_an_interruption(arguments, tmp_path, capsys, monkeypatch):
    def interrupted(bench, given):
        raise KeyboardInterrupt

    usual = extraction.TOOLS["summarizer"]
    monkeypatch.setattr(extraction, "leave", sys.exit)  # it would end the tests as well
    with monkeypatch.context() as patch:
        turns = iter((usual, interrupted))

        def ours(*given):
            return next(turns)(*given)

        patch.setitem(extraction.TOOLS, "summarizer", ours)
        assert main(*arguments) == 130
    assert "--resume" in capsys.readouterr().err
    assert list(report_of(tmp_path)["documents"]) == ["01_harbour_district"]
    assert not report_of(tmp_path)["is_whole"]
    assert main(*arguments, "--resume") == 1
    assert capsys.readouterr().err.count("kept from before") == 3
    assert report_of(tmp_path)["is_whole"]


def test_other_conditions_are_measured_anew(arguments, tmp_path, capsys):
    main(*arguments)
    for file in (tmp_path / "out").glob("0*.json"):
        said = json.loads(file.read_text(encoding="utf-8"))
        said["conditions"]["task"] = "another"
        file.write_text(json.dumps(said), encoding="utf-8")
    capsys.readouterr()
    main(*arguments, "--resume")
    assert "kept from before" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (("--python", "nowhere/python"), 2, "make bench"),
        (("99",), 2, "there are: 01, 02"),
        (("--model", "local:none.gguf"), 2, "No such file"),
        (("--python", "/bin/false"), 2, "could not be run"),
    ],
    ids=str,
)
def test_what_cannot_be_run_is_said_in_a_line(arguments, more, code, said, capsys):
    assert main(*arguments, *more) == code
    assert said in capsys.readouterr().err


def test_a_product_that_fails_holds_no_floor():
    theirs = Side(Tally(found=1, wanted=9), Cost(1, 0, 10, 100), 9.0)
    ours = Side(Tally(found=9, wanted=9), Cost(1, 0, 10, 10), 1.0)
    better = figures_of({"a": {"langextract": theirs, "summarizer": ours}})["all"]
    assert all(better["floors"].values())
    assert better["ratios"]["completion_tokens_theirs_to_ours"] == 10
    failed = Side(ours.tally, ours.cost, ours.seconds, failed=1)
    worse = figures_of({"a": {"langextract": theirs, "summarizer": failed}})["all"]
    assert not any(worse["floors"].values())
    nothing = Side(Tally(wanted=9), Cost(), 0.0)
    endless = figures_of({"a": {"langextract": nothing, "summarizer": ours}})["all"]
    assert set(endless["ratios"].values()) == {None, 0.0}


def test_every_benchmark_runs_with_its_defaults_and_the_worst_code_counts(monkeypatch, capsys):
    seen = []

    def module(name: str) -> SimpleNamespace:
        def benchmark() -> None:
            seen.append(list(sys.argv))
            if name.endswith("batch"):
                raise SystemExit(1)

        return SimpleNamespace(main=benchmark)

    monkeypatch.setattr(command, "import_module", module)
    before = list(sys.argv)
    assert run(["bench"]) == 1
    assert seen == [
        ["batch"],
        ["extraction"],
        ["mentions"],
        ["pieces"],
        ["reading"],
        ["review"],
        ["tables"],
        ["threads"],
    ]
    assert sys.argv == before
    assert run(["bench", "mentions"]) == 0
    assert "-- mentions" in capsys.readouterr().out


def test_an_unreadable_answer_of_langextract_is_no_score(tmp_path, peer):
    peer.write_text("#!/bin/sh\ncat > /dev/null\necho no module >&2\n", encoding="utf-8")
    with CountingProxy("http://127.0.0.1:9/v1", "") as proxy:
        bench = _sides.Bench(proxy, SimpleNamespace(parallel=1), Settings(), peer)
        with pytest.raises(ConfigError, match="no module"):
            _sides.langextract(bench, case("01"))
