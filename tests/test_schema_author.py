"""What an author of a schema is helped by: a starter that works, and a check in plain words."""

import json
import subprocess
import sys

import pytest
from fake_model import FakeModel

from evals.cases import load_cases
from evals.lists import lists_of
from evals.score import score_view
from evals.views import load_views
from summarizer.cli import run as main
from summarizer.cli.schema_advice import advice
from summarizer.config import settings
from summarizer.engine.schema import load_schema
from summarizer.pipeline import summarize

HEAD = "from typing import Literal\nfrom summarizer.fields import *\n"


def run(*arguments, at):
    command = [sys.executable, "-m", "summarizer", *map(str, arguments)]
    return subprocess.run(command, cwd=at, capture_output=True, text=True, check=False)


def test_examples_of_a_prompt_that_answer_what_is_not_asked_are_unwise(tmp_path):
    assert run("new", "county", "--prompt", at=tmp_path).returncode == 0
    file = tmp_path / "county" / "schema.py"
    assert "nothing unwise" in run("schema", "check", file, at=tmp_path).stdout
    words = file.read_text(encoding="utf-8")
    file.write_text(
        words.replace("gdp:", "product:").replace('"gdp"', '"product"').replace("state:", "how:")
    )
    told = run("schema", "check", file, at=tmp_path).stdout
    for name in ("gdp", "projects.state"):
        assert f"passage.county.v1.jinja: example 1 answers {name}, which is no field" in told
    prompt = file.with_name("passage.county.v1.jinja")
    words = prompt.read_text(encoding="utf-8")
    start, end = words.index("[examples.answer]"), words.rindex("+++")
    prompt.write_text(words[:start] + words[end:], encoding="utf-8")
    assert "example 1 has no answer" in run("schema", "check", file, at=tmp_path).stdout
    file.parent.rename(tmp_path / "village")
    told = run("schema", "check", tmp_path / "village" / "schema.py", at=tmp_path).stdout
    assert "passage.county.v1.jinja is not used" in told


def test_a_starter_is_well_made_and_works(tmp_path):
    made = run("new", "budget_2024", at=tmp_path)
    assert made.returncode == 0, made.stderr
    folder = tmp_path / "budget_2024"
    assert sorted(path.name for path in folder.iterdir()) == [
        "sample.toml",
        "sample.txt",
        "schema.py",
    ]
    checked = run("schema", "check", "budget_2024/schema.py", "budget_2024/sample.txt", at=tmp_path)
    assert checked.returncode == 0, checked.stderr
    assert "nothing unwise" in checked.stdout
    _, shown = checked.stdout.split("=== the first request for the rows of projects ===")
    asked = shown.split("--- user ---\n")[-1]
    assert asked.startswith("要找:name(一个在建或建成的项目"), "the request for the sample is shown"
    assert "182.6亿元" in asked
    answer = {
        "gdp": "a 182.6亿元",
        "gdp_growth": "b 6.3%",
        "gdp_goal": "g 6.5%左右",
        "jobs": "c 3260人",
        "projects": [
            {
                "name": "石桥水库加固工程",
                "what": "加固坝体、重建溢洪道",
                "state": "已建成",
                "money": "e 1.2亿元",
                "done": "E 去年10月",
                "sentences": [4],
            },
            {
                "name": "城东小学迁建项目",
                "what": "新建教学楼和食堂",
                "state": "在建",
                "money": "f 3800万元",
                "done": "F 2025年8月",
                "sentences": [5],
            },
        ],
    }
    fake = FakeModel(passage=[answer])
    given = settings(size="large", store="off")
    schema = str(folder / "schema.py")
    summary = summarize(folder / "sample.txt", model=fake.model, schema=schema, settings=given)
    assert summary.gdp.text == "182.6亿元"
    assert summary.gdp_goal.bound == "about"
    project, _ = summary.projects
    assert (project.money.text, project.done.start) == ("1.2亿元", "2024-10-01")
    assert summary.issues == ()
    (tmp_path / "one.json").write_text(summary.model_dump_json(), encoding="utf-8")
    case = load_cases(str(folder))[0]
    scores = score_view(case, load_views(tmp_path / "one.json")[0], lists_of(schema), schema)
    found = {s.metric: s.value for s in scores if s.metric.startswith(("picks", "projects"))}
    assert set(found.values()) <= {1.0, None}, "its gold is what a good answer comes to"
    assert found["picks.right"] == found["projects.recall"] == 1


@pytest.mark.parametrize("name", ["Budget", "a b", "../x", "报告", "class", "report", ""])
def test_a_name_that_is_none_is_refused(name, tmp_path):
    told = run("new", name, at=tmp_path)
    assert told.returncode == 2
    assert [*tmp_path.iterdir()] == []


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "budget").mkdir()
    (tmp_path / "budget" / "schema.py").write_text("mine")
    told = run("new", "budget", at=tmp_path)
    assert (told.returncode, (tmp_path / "budget" / "schema.py").read_text()) == (2, "mine")


UNWISE = {
    "no docstring: say what the document is": "class S(Summary):\n  gdp: Money | None = ask('总值')",
    "S.gdp has no description": "class S(Summary):\n  'x'\n  gdp: Money | None = None",
    "I.what is text without a limit": "class I(Item, key='what'):\n  'x'\n  what: str = ask('事')\n"
    "class S(Summary):\n  'x'\n  many: tuple[I, ...] = ()",
    "I has no key": "class I(Item):\n  'x'\n  what: Verbatim = ask('事')\n"
    "class S(Summary):\n  'x'\n  many: tuple[I, ...] = ()",
    "I.kind is a choice without a way out": "class I(Item, key='kind'):\n  'x'\n"
    "  kind: Literal['甲', '乙'] = ask('类')\nclass S(Summary):\n  'x'\n  many: tuple[I, ...] = ()",
}


IN_A_LIST = "class S(Summary):\n  'x'\n  many: tuple[I, ...] = ()"
UNWISE |= {
    'S.jobs counts things of any kind: write Count["人"]': "class S(Summary):\n  'x'\n"
    "  jobs: Count | None = ask('新增就业人数')",
    "S.rate has unit='人', which a Percent may not have": "class S(Summary):\n  'x'\n"
    "  rate: Percent | None = ask('增速', unit='人')",
    "S.gdp has where='整改', which says something in an item's field only": "class S(Summary):\n"
    "  'x'\n  gdp: Money | None = ask('总值', where='整改')",
    "I.state has where='整改' and may not be null": "class I(Item, key='who'):\n  'x'\n"
    "  who: Verbatim = ask('单位')\n  state: Verbatim = ask('情况', where='整改')\n" + IN_A_LIST,
    "S.sum has unit='万元', which no quantity has: write '元'": "class S(Summary):\n"
    "  'x'\n  sum: Money['万元'] | None = ask('金额')",
    "I has no docstring: say what counts as one": "class I(Item, key='who'):\n"
    "  who: Verbatim = ask('单位')\n" + IN_A_LIST,
    "I has no text: nothing says what its numbers are of": "class I(Item, key='sum'):\n  'x'\n"
    "  sum: Money = ask('金额')\n" + IN_A_LIST,
}


@pytest.mark.parametrize("line", UNWISE)
def test_what_is_unwise_is_told(line, tmp_path):
    file = tmp_path / "own.py"
    file.write_text(HEAD + UNWISE[line] + "\n", encoding="utf-8")
    told = [*advice(load_schema(str(file)))]
    assert len(told) == 1
    assert line in told[0]


WISE = [
    "Money['美元'] | None = ask('金额')",
    "Money | None = ask('金额', unit='元')",
    "Area['亩'] | None = ask('面积')",
    "Duration['个月'] | None = ask('工期')",
    "Quantity['头'] | None = ask('存栏')",
    "Count['戶'] | None = ask('戶數')",
    "Change['元'] | None = ask('增减')",
]


@pytest.mark.parametrize("field", WISE)
def test_a_unit_that_a_kind_may_have_is_nothing_unwise(field, tmp_path):
    file = tmp_path / "own.py"
    file.write_text(HEAD + f"class S(Summary):\n  'x'\n  sum: {field}\n", encoding="utf-8")
    assert [*advice(load_schema(str(file)))] == []


COLLIDING = {
    "documents would have two columns 'gdp_unit': rename a field of S": "S: gdp: Money | None = ask('a')"
    "\n    gdp_unit: Verbatim | None = ask('b')",
    "documents would have two columns 'document_id'": "S: document_id: Verbatim | None = ask('a')",
    "documents would have two columns 'source'": "S: source: Verbatim | None = ask('a')",
    "documents would have two columns 'model'": "S: model: Verbatim | None = ask('a')",
    "documents would have two columns 'Who'": "S: who: Verbatim | None = ask('a')"
    "\n    Who: Verbatim | None = ask('b')",
    "many would have two columns 'item_id'": "I: item_id: Verbatim | None = ask('a')",
    "a schema's list cannot be called 'documents'": "S: documents: tuple[I, ...] = ()",
    "a schema's list cannot be called 'Issues'": "S: Issues: tuple[I, ...] = ()",
    "there would be two tables 'many'": "S: Many: tuple[I, ...] = ()",
}


@pytest.mark.parametrize("line", COLLIDING)
def test_names_that_no_table_could_have_are_told_before_a_run(line, checked, tmp_path):
    where, _, field = COLLIDING[line].partition(": ")
    text = classes(options=", key='who'", **{where: field})
    assert line in checked(text)
    (tmp_path / "a.txt").write_text("县财政局拨款3万元。\n", encoding="utf-8")
    for command in (["summarize", "a.txt"], ["batch", "a.txt", "-o", "a.jsonl"]):
        assert main([*command, "--schema", "own.py", "--model", "local:none.gguf"]) == 2
    assert not (tmp_path / "a.jsonl").exists()


REFUSED = {
    "S.x in own.py hides numbers in its choices": "S: x: Literal[1, 2] | None = ask('几')",
    "S.x in own.py is a number": "S: x: float = ask('几')",
    "I.x in own.py is a number": "I: x: float = ask('几')",
    "for a map write a list of a model": "S: x: dict[str, Money] = ask('几')",
    "S.x in own.py must be able to say nothing": "S: x: Money = ask('几')",
    "S.x in own.py: items stand in a list of the Summary": "S: x: list[I] | None = None",
    "S.figures in own.py has the name of a field that every Summary has": "S: figures: str = ''",
    "I.sentences in own.py has the name of a key that every answer has": "I: sentences: str = ''",
    "I.evidence in own.py has the name of a field that every Item has": "I: evidence: str = ''",
    "ask() has no hint 'yaer'": "S: x: Money | None = ask('几', yaer=-1)",
}
CLASSES = """
class I(Item{options}):
    'x'
    who: Verbatim = ask('单位')
    {I}
class S(Summary{summary}):
    'x'
    {S}
    many: tuple[I, ...] = ()
"""


@pytest.fixture
def checked(tmp_path, monkeypatch, capsys):
    """`summarizer schema check own.py`, with what it says."""
    monkeypatch.chdir(tmp_path)

    def check(text, *files, code=2):
        (tmp_path / "own.py").write_text(HEAD + text, encoding="utf-8")
        assert main(["schema", "check", "own.py", *files]) == code
        out, errors = capsys.readouterr()
        return out + errors

    return check


def classes(*, options="", summary="", **lines):
    return CLASSES.format(options=options, summary=summary, **{"I": "", "S": ""} | lines)


@pytest.mark.parametrize("line", REFUSED)
def test_what_cannot_be_is_refused_in_plain_words(line, checked):
    where, _, field = REFUSED[line].partition(": ")
    assert line in checked(classes(**{where: field}))


def test_classes_that_cannot_be_are_refused_in_plain_words(checked):
    told = checked(classes(options=", key='nope'"))
    assert "I in own.py is declared with key=('nope',), and has no field nope" in told
    told = checked(classes(summary=", headline='nope'"))
    assert "S in own.py is declared with headline='nope', and has no such field" in told
    told = checked(f"class I(Item):\n  'x'\n{IN_A_LIST}\n")
    assert "I in own.py has no fields: write what is wanted of each" in told
    assert "own.py defines no Summary" in checked("class I(Item):\n  'x'\n  a: str\n")


def test_a_second_look_that_a_document_has_no_place_for_is_told(checked, tmp_path):
    field = "state: Verbatim | None = ask('情况', where='{}')"
    (tmp_path / "a.txt").write_text("一、工作回顾\n县财政局拨款3万元。\n", encoding="utf-8")
    for word, is_told in (("整改", True), ("工作回顾", False), ("工作回顧", False)):
        text = classes(options=", key='who'", I=field.format(word))
        assert ("so there is no second look" in checked(text, "a.txt", code=0)) is is_told
        assert "no second look" not in checked(text, code=0)


def test_the_years_that_hints_come_to_in_a_document_are_told(checked, tmp_path):
    text = classes(options=", key='who'", S="x: Money | None = ask('上年总值')")
    for title, line in (
        ("2024年工作总结", "the document is of 2024: year=-1 asks for 2023"),
        ("工作总结", "the document's year is not told, so year= rules nothing out"),
    ):
        (tmp_path / "a.txt").write_text(f"{title}\n县财政局拨款3万元。\n", encoding="utf-8")
        assert line in checked(text, "a.txt", code=0)


def test_what_a_document_offers_each_field_is_shown(checked, tmp_path):
    (tmp_path / "a.txt").write_text(
        "检查情况通报\n共检查学校36所。\n发现问题120个,其中食堂45个。\n由县教育局牵头。\n",
        encoding="utf-8",
    )
    fields = {
        "schools: Count['所'] | None = ask('检查学校')": (
            "stands out",
            "36所 “共检查学校36所。”",
        ),
        "faults: Count['个'] | None = ask('食堂的问题')": (
            "a model chooses",
            "45个 “发现问题120个",
        ),
        "fine: Money | None = ask('罚款')": ("nothing in the document is of its kind",),
        "open: Count['个'] | None = ask('营业执照')": (
            "nothing is like its words, so a small model leaves it empty; nearest",
        ),
        "lead: Verbatim | None = ask('牵头的单位')": ("asked of these sentences", "由县教育局牵头"),
    }
    for field, lines in fields.items():
        told = checked(classes(options=", key='who'", S=field), "a.txt", code=0)
        for line in lines:
            assert line in told, field
    assert "schools (Count 所): 检查学校" in checked(
        classes(options=", key='who'", S=next(iter(fields))), code=0
    )


def test_a_field_that_cannot_be_is_refused_with_what_to_write(tmp_path):
    file = tmp_path / "own.py"
    file.write_text(HEAD + "class S(Summary):\n  'x'\n  gdp: float | None = ask('总值')\n")
    told = run("schema", "check", "own.py", at=tmp_path)
    assert told.returncode == 2
    assert "Money" in told.stderr


def test_a_schema_is_shown_as_before(tmp_path):
    shown = run("schema", "report", at=tmp_path)
    assert json.loads(shown.stdout)["title"] == "Report"
    assert "\nreport " in run("schema", at=tmp_path).stdout
