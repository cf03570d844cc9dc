"""Schemas: what ships, what a user writes, and that one file drives prompt, checks and outputs."""

import json
import pickle
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from fake_model import FakeModel, least

from summarizer.config import Settings
from summarizer.engine.planning import plan
from summarizer.engine.schema import load_schema, shipped
from summarizer.errors import ConfigError
from summarizer.pipeline import summarize
from summarizer.render import export
from summarizer.render.tables import rows, tables
from summarizer.types import Document
from summarizer.zh.script import convert

HERE = Path(__file__).parent
REPORT = HERE / "data" / "short_report.txt"
BUDGET = HERE / "data" / "budget.py"
SETTINGS = Settings(store="off")
HEAD = "from decimal import Decimal\nfrom typing import Literal\nfrom pydantic import BaseModel\nfrom summarizer.types import Item, ProperName, Summary, Verbatim\n"


@pytest.mark.parametrize("name", shipped())
def test_the_json_schema_beside_it_is_the_one_generated(name):
    """`make docs` writes it again."""
    path = HERE.parent / "schemas" / f"{name}.json"
    assert path.read_text(encoding="utf-8") == load_schema(name).json_text()


@pytest.mark.parametrize("name", [*shipped(), str(BUDGET)])
def test_a_summary_is_valid_by_its_json_schema(name):
    schema = load_schema(name)
    summary = summarize(REPORT, model=FakeModel().model, schema=schema, settings=SETTINGS)
    validator = jsonschema.validators.validator_for(schema.json_schema())
    validator.check_schema(schema.json_schema())
    validator(schema.json_schema()).validate(json.loads(summary.model_dump_json()))
    with pytest.raises(jsonschema.ValidationError):
        validator(schema.json_schema()).validate(summary.model_dump(mode="json") | {"extra": 1})


def spending(asked, **changes):
    """An answer that tells of the greenhouses, and nothing else."""
    one = {
        "payee": "蔬菜大棚",
        "purpose": "新建蔬菜大棚",
        "status": "已完成",
        "ways": [{"source": "四好农村路资金", "remark": "全镇共投入"}],
        "partner": None,
    }
    said = least(asked.schema)
    for key in said["spendings"]:
        if "全镇共投" in key:
            said["spendings"][key] = [one | changes]
    return said


def budget(correction=None, **changes):
    fake = FakeModel(items=lambda a: spending(a, **changes), correction={"item": correction})
    return summarize(REPORT, model=fake.model, schema=str(BUDGET), settings=SETTINGS), fake


def test_a_users_schema_gets_grounding_links_and_its_own_words_in_the_prompt():
    summary, fake = budget()
    assert summary.schema_id == "budget.v1"
    (one,) = summary.spendings
    assert (one.payee, one.id, one.ways[0].source) == ("蔬菜大棚", "spendings-1", "四好农村路资金")
    text = REPORT.read_text(encoding="utf-8")
    assert text[one.evidence[0].span.slice] == one.evidence[0].quote
    assert "320余万元" in {f.text for f in summary.figures if f.id in one.figures}
    asked = fake.asked("items")[0].text
    assert "花钱的事" in asked
    assert "照抄原文" in asked
    assert not [i for i in summary.issues if i.severity == "error"]


@pytest.mark.parametrize(
    "changes",
    [
        {"payee": "蔬菜小棚"},
        {"purpose": "新建蔬菜大棚999座"},
        {"partner": "777家合作社"},
        {"ways": [{"source": "财政", "remark": "投入资金999万元"}]},
        {"ways": [{"source": "彩票", "remark": ""}]},
        {"status": "没有做"},
        {"purpose": "其中新建蔬菜大棚"},
        {"purpose": "研究火星土壤样本"},
    ],
    ids=str,
)
def test_a_users_schema_refuses_what_the_source_does_not_say_at_any_depth(changes):
    summary, _ = budget(**changes)
    assert summary.spendings == ()
    assert "item_dropped" in {i.code for i in summary.issues}


@pytest.mark.parametrize(
    ("is_traditional", "script", "said"),
    [
        (False, "hant", ("新建蔬菜大棚,帶動脫貧戶", "聘請施工隊", "全鎮共投入", "已完成")),
        (True, "source", ("新建蔬菜大棚,帶動脫貧戶", "聘請施工隊", "全鎮共投入", "已完成")),
        (True, "hans", ("新建蔬菜大棚,带动脱贫户", "聘请施工队", "全镇共投入", "已完成")),
    ],
)
def test_every_text_of_a_users_schema_is_in_the_script_asked_for(is_traditional, script, said):
    """Optional and nested texts too; a choice is the schema's own word and stays."""
    text = REPORT.read_text(encoding="utf-8")
    texts = {"purpose": "新建蔬菜大棚,带动脱贫户", "partner": "聘请施工队"}
    fake = FakeModel(items=lambda asked: spending(asked, **texts))
    summary = summarize(
        Document("0" * 16, "x", convert(text, "hant") if is_traditional else text),
        model=fake.model,
        schema=str(BUDGET),
        settings=Settings(store="off", script=script),
    )
    (one,) = summary.spendings
    assert (one.purpose, one.partner, one.ways[0].remark, one.status) == said
    assert one.ways[0].source == "四好农村路资金"


@pytest.mark.parametrize("form", ["json", "md", "text", "html"])
def test_a_users_schema_gets_its_page(form):
    summary, _ = budget()
    page = export(summary, form)
    assert "新建蔬菜大棚" in page


def test_a_users_schema_gets_its_tables():
    summary, _ = budget()
    described = tables(type(summary))
    found = [row for name, row in rows(summary, described) if name == "spendings"]
    assert [row["payee"] for row in found] == ["蔬菜大棚"]


def test_summaries_of_any_schema_can_be_pickled():
    summary, _ = budget()
    assert pickle.loads(pickle.dumps(summary)) == summary
    report = summarize(REPORT, model=FakeModel().model, settings=SETTINGS)
    assert pickle.loads(pickle.dumps(report)) == report


def test_two_files_of_one_name_do_not_get_in_each_others_way(tmp_path):
    other = tmp_path / "budget.py"
    other.write_text(
        HEAD + "class A(Item):\n    word: str\nclass B(Summary):\n    all: tuple[A, ...] = ()\n"
    )
    first = load_schema(str(BUDGET))
    second = load_schema(str(other))
    assert [listed.name for listed in first.lists] == ["spendings"]
    assert [listed.name for listed in second.lists] == ["all"]
    assert first.hash != second.hash
    assert load_schema(str(BUDGET)).model.__name__ == "Budget"


ROLES = '''
from typing import Annotated
from pydantic import Field
from summarizer.types import Item, ProperName, RoleOfName, Summary

class Person(Item):
    """做出事迹的人"""
    name: ProperName
    role: RoleOfName = Field(max_length=4)
    deed: str = Field(description="做了什么", min_length=2)

class People(Summary):
    schema_id: str = "people"
    people: tuple[Person, ...] = ()
'''


def test_a_role_is_read_off_the_text_and_fits_its_field(tmp_path):
    mine = tmp_path / "people.py"
    mine.write_text(ROLES, encoding="utf-8")
    text = "石桥村党支部书记李春明、杨桂兰带头流转荒地150亩,办起茶叶合作社。\n"
    deed = {"李春明、杨桂兰": {"deed": "带头流转荒地"}}
    fake = FakeModel(items={"people": deed})
    summary = summarize(
        Document("0" * 16, "x", text), model=fake.model, schema=str(mine), settings=SETTINGS
    )
    assert [(p.name, p.role) for p in summary.people] == [
        ("李春明", "支部书记"),
        ("杨桂兰", "支部书记"),
    ]


def test_a_namesake_of_a_shipped_schema_is_not_asked_for_with_the_others_examples(tmp_path):
    mine = tmp_path / "report.py"
    mine.write_text(BUDGET.read_text(encoding="utf-8"), encoding="utf-8")
    for schema, template in (("report", "items.report.v2"), (str(mine), "items.v3")):
        assert plan((), load_schema(schema), SETTINGS).templates["items"].id == template


def test_two_files_of_one_name_have_summaries_that_pickle_side_by_side(tmp_path):
    other = tmp_path / "budget.py"
    other.write_text(BUDGET.read_text(encoding="utf-8") + "\n# mine\n", encoding="utf-8")
    first = budget()[0]
    second = summarize(REPORT, model=FakeModel().model, schema=str(other), settings=SETTINGS)
    assert type(first) is not type(second)
    for summary in (first, second):
        again = pickle.loads(pickle.dumps(summary))
        assert type(again) is type(summary)
        assert again == summary


def test_a_schema_pickles_into_another_process_that_has_loaded_it(tmp_path):
    """As a worker of a batch does, whose file may lie elsewhere."""
    there = tmp_path / "budget.py"
    there.write_bytes(BUDGET.read_bytes())
    (tmp_path / "summary").write_bytes(pickle.dumps(budget()[0]))
    program = (
        "import pickle, sys; from summarizer.engine.schema import load_schema; load_schema(sys.argv[1]);"
        "print(type(pickle.load(open(sys.argv[2], 'rb'))).__name__)"
    )
    command = [sys.executable, "-c", program, str(there), str(tmp_path / "summary")]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE.parent)
    assert run.stdout == "Budget\n"


def test_an_edited_schema_is_loaded_anew(tmp_path):
    path = tmp_path / "mine.py"
    for name in ("one", "other"):
        path.write_text(HEAD + ONE + LIST.replace("all", name), encoding="utf-8")
        assert [listed.name for listed in load_schema(str(path)).lists] == [name]


OWN = """+++
system = "列出花钱的事:{{ lists[0].name }}"

[[examples]]
sentences = ["1.投入八万元修渠。"]
names = []
[examples.answer.spendings]
"1.投入八万" = []
+++
{{ sentences | join("|") }}
"""


@pytest.fixture
def own(tmp_path):
    """A user's schema with words and an example of its own beside it."""
    (tmp_path / "budget.py").write_bytes(BUDGET.read_bytes())
    (tmp_path / "items.budget.v1.jinja").write_text(OWN, encoding="utf-8")
    return tmp_path / "budget.py"


def test_words_and_examples_beside_a_users_schema_are_used(own):
    fake = FakeModel(items=spending)
    summary = summarize(REPORT, model=fake.model, schema=str(own), settings=SETTINGS)
    system, example, answer, asked = fake.asked("items")[0].messages
    assert system["content"] == "列出花钱的事:spendings"
    assert example["content"] == "1.投入八万元修渠。"
    assert json.loads(answer["content"]) == {"spendings": {"1.投入八万": []}}
    assert "|" in asked["content"]
    assert len(summary.spendings) == 1
    assert "items.budget.v1" in summary.provenance.prompts
    assert "items.v1" not in summary.provenance.prompts


def test_another_version_beside_a_users_schema_is_chosen_by_the_setting(own):
    second = own.with_name("items.budget.v2.jinja")
    second.write_text(OWN.replace("列出", "写出"), encoding="utf-8")
    chosen = Settings(store="off", prompts="items.budget.v2")
    assert plan((), load_schema(str(own)), chosen).templates["items"].system.startswith("写出")


def test_a_schemas_hash_is_over_its_prompts_too(own):
    before = load_schema(str(own)).hash
    own.with_name("items.budget.v1.jinja").write_text(OWN + "\n", encoding="utf-8")
    assert load_schema(str(own)).hash != before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nothing", "items.budget.v1.jinja: no TOML"),
        ("+++\n+++\n{{ sentences }}", "items.budget.v1.jinja: its front matter has no `system`"),
        ('+++\nsystem = "x"\n+++\n{% if %}', "items.budget.v1.jinja: Expected an expression"),
        (
            '+++\nsystem = "x"\n+++\n{{ sentence }}',
            "items.budget.v1.jinja: 'sentence' is undefined",
        ),
    ],
)
def test_a_template_of_ones_own_that_is_none_is_refused(own, text, says):
    own.with_name("items.budget.v1.jinja").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=says):
        summarize(REPORT, model=FakeModel().model, schema=str(own), settings=SETTINGS)


ONE = "class A(Item):\n    word: str\n"
LIST = "class B(Summary):\n    all: tuple[A, ...] = ()\n"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("1 +", "cannot be loaded: SyntaxError"),
        ("import nowhere_at_all\n", "nowhere_at_all"),
        ("1 / 0\n", "ZeroDivisionError"),
        (HEAD, "defines no Summary"),
        (HEAD + ONE + LIST + LIST.replace("B", "C"), "defines 2 Summary classes"),
        (HEAD + "class B(Summary):\n    pass\n", "no list of items and no field of its own"),
        (HEAD + "class B(Summary):\n    word: str\n", "must be able to say nothing"),
        (HEAD + "class A(Item):\n    sum: int\n" + LIST, r"A\.sum .* is a number"),
        (HEAD + "class A(Item):\n    sum: Decimal | None\n" + LIST, r"A\.sum .* is a number"),
        (HEAD + "class A(Item):\n    sums: tuple[float, ...]\n" + LIST, r"A\.sums .* is a number"),
        (
            HEAD + "class P(BaseModel):\n    n: int\nclass A(Item):\n    part: P\n" + LIST,
            r"A\.part\.n in .* is a number",
        ),
        (HEAD + "class A(Item):\n    who: ProperName | None\n" + LIST, "write Verbatim"),
        (HEAD + "class A(Item):\n    more: dict[str, str]\n" + LIST, "must be text"),
        (
            HEAD + "from datetime import date\nclass A(Item):\n    day: date | None\n" + LIST,
            r"A\.day .*: write Day or Period",
        ),
    ],
)
def test_a_schema_that_cannot_work_is_refused_with_its_reason(tmp_path, code, says):
    path = tmp_path / "mine.py"
    path.write_text(code, encoding="utf-8")
    with pytest.raises(ConfigError, match=says):
        load_schema(str(path))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("rapport", "there is no schema 'rapport'; shipped: .*report"),
        ("nowhere/mine.py", "no schema file nowhere/mine.py"),
        ("../report", "there is no schema"),
        ("", "there is no schema ''"),
        (f"{BUDGET}:Report", "0 Summary classes called Report"),
    ],
)
def test_a_schema_that_is_not_there(name, says):
    with pytest.raises(ConfigError, match=says):
        load_schema(name)


def test_a_class_can_be_named_where_a_file_has_several(tmp_path):
    path = tmp_path / "two.py"
    path.write_text(HEAD + ONE + LIST + LIST.replace("B", "C"), encoding="utf-8")
    assert load_schema(f"{path}:C").model.__name__ == "C"


def test_a_choice_may_hold_a_numeral():
    summary, _ = budget(ways=[{"source": "四好农村路资金", "remark": ""}])
    assert len(summary.spendings) == 1


def test_an_id_that_was_raised_in_one_place_only_is_refused_before_anything_is_asked(tmp_path):
    path = tmp_path / "own.py"
    path.write_text(
        f"{HEAD}class S(Summary):\n    schema_id: Literal['own.v1'] = 'own.v2'\n    who: Verbatim | None = None\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigError, match=r"declared as 'own\.v1' and is 'own\.v2'"):
        load_schema(str(path))
