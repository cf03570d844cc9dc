"""Fields of the summary with a small model: rules propose, and ask only where they doubt."""

from __future__ import annotations

import pytest
from fake_model import FakeModel
from test_picks import AUDIT, DUTIES, REPAIRED, REPORT, SCHEMAS

from summarizer.config import settings
from summarizer.documents.parsed import parse
from summarizer.engine.picking import Picker
from summarizer.engine.proposals import Proposer
from summarizer.engine.schema import load_schema
from summarizer.pipeline import summarize
from summarizer.types import Document

SMALL = settings(size="small", store="off")


def read_small(text, schema="indicators", **script):
    fake = FakeModel(**script)
    path = schema if schema.endswith(".py") else str(SCHEMAS / f"{schema}.py")
    document = Document("0" * 16, "x", text)
    return summarize(document, model=fake.model, schema=path, settings=SMALL), fake


def test_what_stands_out_is_taken_without_asking():
    summary, fake = read_small(REPORT)
    said = {n: getattr(summary, n).text for n in ("gdp", "gdp_growth", "gdp_goal", "jobs")}
    assert said == {
        "gdp": "165.2亿元",
        "gdp_growth": "6.5%",
        "gdp_goal": "7%左右",
        "jobs": "3120人",
    }
    assert fake.history == []
    assert summary.provenance.usage.requests == 0
    assert len(summary.figures) == summary.coverage.found


def test_what_the_report_does_not_say_is_null():
    text = "临湖县2024年政府工作报告\n全县新建学校3所,改造公路5公里,群众满意度95%。\n"
    summary, fake = read_small(text)
    assert [summary.gdp, summary.gdp_growth, summary.gdp_goal, summary.jobs] == [None] * 4
    assert fake.history == []


LIKENESSES = '''"""外贸"""
from typing import Literal
from summarizer.fields import Money, Summary, ask

class Trade(Summary, labels=False, overview=False):
    """外贸"""
    schema_id: Literal["trade.v1"] = "trade.v1"
    imports: Money | None = ask("上年进口总额", year=-1)
    second: Money | None = ask("上年第二产业增加值", year=-1)
    deposits: Money | None = ask("上年存款余额", year=-1)
'''


def test_what_differs_in_the_one_character_that_counts_is_not_taken(tmp_path):
    schema = tmp_path / "trade.py"
    schema.write_text(LIKENESSES, encoding="utf-8")
    told = "{}总额8.2亿元。第{}产业增加值60亿元。{}款余额90亿元。\n"
    head = "临湖县2024年政府工作报告\n2023年工作\n"
    for words, found in (("出口", "三", "贷"), 0), (("进口", "二", "存"), 3):
        summary, _ = read_small(head + told.format(*words), str(schema))
        fields = (summary.imports, summary.second, summary.deposits)
        assert sum(field is not None for field in fields) == found


TWO = (
    "临湖县2024年政府工作报告\n2023年全县地区生产总值165.2亿元。\n"
    "据初步统计,2023年地区生产总值160亿元。\n"
)


@pytest.mark.parametrize(
    ("first", "text", "other"),
    [
        ({"1": -0.1, "2": -4.0, "0": -3.0}, "165.2亿元", ""),
        ({"1": -4.0, "2": -0.1, "0": -3.0}, "160亿元", ""),
        ({}, "165.2亿元", "160亿元"),
    ],
)
def test_of_two_that_are_as_alike_the_model_chooses_and_what_is_close_is_told(first, text, other):
    summary, fake = read_small(TWO, choose=first)
    (asked,) = fake.history
    assert "1.2023年全县地区生产总值⟦165.2亿元⟧。" in asked.text
    assert summary.gdp.text == text
    told = [issue.message for issue in summary.issues if issue.code == "field_conflict"]
    assert [other in line for line in told] == [True] * bool(other)


OTHERS = """# field | words
本次检查的罚款合计;今年累计的不算 | 本次检查结束,罚款3.2万元。今年累计罚款15万元。 | 3.2万元
二季度成交价款 | 一季度成交价款5亿元。二季度成交价款7亿元。 | 7亿元
2023年捐款 | 2022年捐款80万元。2023年捐款95万元。 | 95万元
捐款总额,不含物资折款 | 物资折款12万元。收到捐款30万元。 | 30万元
幼儿园投入的资金 | 幼儿园投入的资金58万元,其中公办21万元。 | 58万元
旅游投诉赔偿 | 门票收入731万元。餐饮收入20万元。 | null
"""
SHARE = "发生面积2.37万亩,比上年减少0.58万亩,下降19.7%。"


@pytest.mark.parametrize("line", OTHERS.splitlines()[1:])
def test_what_a_description_says_does_not_count_is_not_taken(line, tmp_path):
    asked, text, found = line.split(" | ")
    path = tmp_path / "mine.py"
    path.write_text(
        "from summarizer.fields import Money, Summary, ask\n"
        "class S(Summary, labels=False, overview=False):\n"
        f"    sum: Money | None = ask({asked!r})\n",
        encoding="utf-8",
    )
    summary, _ = read_small(f"情况通报\n{text}\n", str(path), choose={})
    assert (summary.sum.text if summary.sum else "null") == found
    if found == "null":
        (told,) = [issue for issue in summary.issues if issue.code == "field_empty"]
        assert "731万元" in told.message


def test_a_change_in_percent_is_no_other_where_it_is_asked_for(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(
        "from summarizer.fields import Change, Summary, ask\n"
        "class S(Summary, labels=False, overview=False):\n"
        "    share: Change | None = ask('发生面积比上年变化的百分比')\n"
        "    change: Change | None = ask('发生面积比上年的变化')\n"
        "    other: Change | None = ask('发生面积比上年的变化(百分比不算)')\n",
        encoding="utf-8",
    )
    summary, _ = read_small(f"普查通报\n{SHARE}\n", str(path), choose={})
    assert (summary.share.text, summary.change.text) == ("19.7%", "0.58万亩")
    assert summary.other is None or summary.other.text == "0.58万亩"


DUE = """
危房拆除完成期限 | 2022年8月25日启动摸底。3月31日前全部拆除危房,5月底前验收。 | 3月31日前
整改完成期限 | 5月20日完成整改。整改方案3月31日前报送。 | 5月20日
整改完成期限 | 6月20日整改完成。对3月1日前的整改问题登记造册。 | 6月20日
整改完成期限 | 整改方案3月31日前报送。6月30日前完成整改。 | 6月30日前
危房拆除时间 | 2022年8月25日启动摸底。3月31日前全部拆除危房,5月底前验收。 | null
"""
ENDS = """
报名截止的日期 | 报名截至6月30日。 | 6月30日
报名期限 | 报名截至6月30日。 | 6月30日
报名期限 | 报名截止6月30日,逾期不再受理。 | 6月30日
合同到期的日期 | 合同截至6月30日到期。 | 6月30日
入户调查结束的日期 | 截至6月30日,入户调查1200户。 | null
入户调查结束的日期 | 全县截至6月30日入户调查1200户。 | null
入户调查结束的日期 | 入户调查（截至6月30日）。 | null
报名期限 | 报名时间：截至6月30日。 | 6月30日
入户调查结束的日期 | 现将截至6月30日的入户调查情况通报如下。 | null
入户调查结束的日期 | 全县截至6月30日已入户调查。 | null
禁渔期结束的日期 | 禁渔期为3月1日至5月31日。 | 5月31日
禁渔期开始的日期 | 禁渔期为3月1日至5月31日。 | 3月1日
禁渔期结束的日期 | 禁渔期:3月1日—5月31日。 | 5月31日
禁渔期结束的日期 | 禁渔期自3月1日起至5月31日止。 | 5月31日
禁渔期开始的日期 | 禁渔期自3月1日起至5月31日止。 | 3月1日起
"""


@pytest.mark.parametrize("line", ENDS.splitlines()[1:])
def test_an_end_of_a_time_is_not_the_other_nor_the_day_of_a_number(line, tmp_path):
    asked, text, offered = line.split(" | ")
    schema = load_schema(str(_asked_for_a_day(asked, tmp_path)))
    document = parse(Document("0" * 16, "x", f"情况通报\n{text}\n"))
    field = schema.fields["day"]
    found = Proposer(document, Picker.of(document, schema)).of(field, field.type)
    assert (", ".join(one.place.text for one in found) or "null") == offered


@pytest.mark.parametrize("line", DUE.splitlines()[1:])
def test_where_a_deadline_is_asked_for_one_counts_for_more(line, tmp_path):
    """What is to be done stands behind a deadline, in words of its own: little else tells of it."""
    asked, text, found = line.split(" | ")
    path = _asked_for_a_day(asked, tmp_path)
    summary, _ = read_small(f"情况通报\n{text}\n", str(path), choose={})
    assert (summary.day.text if summary.day else "null") == found


def _asked_for_a_day(asked, tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(
        "from summarizer.fields import Day, Summary, ask\n"
        "class S(Summary, labels=False, overview=False):\n"
        f"    day: Day | None = ask({asked!r})\n",
        encoding="utf-8",
    )
    return path


def test_a_value_told_twice_has_both_places():
    text = TWO.replace("160亿元", "165.2亿元")
    summary, fake = read_small(text)
    assert (summary.gdp.text, len(summary.gdp.also_at)) == ("165.2亿元", 1)
    assert fake.history == []


def test_words_are_asked_from_the_sentences_that_tell_of_them(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(
        "from typing import Literal\nfrom summarizer.fields import Summary, Verbatim, ask\n"
        "class S(Summary, labels=False, overview=False):\n"
        "    wider: Verbatim | None = ask('10万亿元的生产总值')\n"
        "    mood: Literal['乐观', '谨慎'] | None = ask('语气')\n"
        "    built: bool | None = ask('有没有新建学校')\n"
        "    both: list[Verbatim] = ask('生产总值和就业的名称')\n",
        encoding="utf-8",
    )

    def find(asked):
        field, sentence = asked.text.splitlines()[-2:]
        by_field = {
            "wider": "全省生产总值" if "全省" in sentence else None,
            "built": "新建学校" in sentence,
            "both": [w for w in ("生产总值", "城镇新增就业") if w in sentence],
        }
        return {"value": by_field[field.removeprefix("要找:").partition("(")[0]]}

    summary, fake = read_small(REPORT, str(path), find=find)
    assert (summary.wider, summary.mood, summary.built) == ("全省生产总值", None, True)
    assert summary.both == ["生产总值", "城镇新增就业"]
    assert [one.quote for one in summary.proofs["wider"]] == ["全省生产总值10万亿元,增长4.5%。"]
    assert len(fake.history) < 8, "nothing is asked of 语气, of the others three times at most"
    summary, _ = read_small(REPORT, str(path), find={"value": "不在原文的话"})
    assert summary.wider is None
    assert "field_dropped" in [issue.code for issue in summary.issues]


STATS = (
    "临湖县2023年国民经济和社会发展统计公报\n"
    "全年货物进出口总额18.2亿元,下降5.1%,其中出口16.9亿元,下降3.7%;"
    "增值税、企业所得税分别为13亿元、5亿元,分别增长9.5%和21.7%;"
    "年末常住人口52万人,比上年末减少0.3万人;夏粮21万吨,与上年持平。\n"
)


def test_an_item_s_name_leads_to_its_numbers(tmp_path):
    names = ("出口", "货物进出口总额", "增值税", "企业所得税", "常住人口", "夏粮")

    def answer(asked):
        keys = asked.schema["properties"]["stats"]["properties"]
        assert "value" not in str(keys), "a small model is asked for words only"
        texts = {key: next(t for t in asked.text.splitlines() if t.startswith(key)) for key in keys}
        return {"stats": {k: [{"name": n} for n in names if n in t] for k, t in texts.items()}}

    schema = tmp_path / "asked.py"
    schema.write_text(
        (SCHEMAS / "bulletin.py").read_text("utf-8").replace("指标名称", "名称"), "utf-8"
    )
    summary, _ = read_small(STATS, str(schema), items=answer)
    said = {
        s.name: (s.value and s.value.text, s.growth and f"{s.growth.value:f}")
        for s in summary.stats
    }
    assert said == {
        "出口": ("16.9亿元", "-3.7"),
        "货物进出口总额": ("18.2亿元", "-5.1"),
        "增值税": ("13亿元", "9.5"),
        "企业所得税": ("5亿元", "21.7"),
        "常住人口": ("52万人", "-3000"),
        "夏粮": ("21万吨", "0"),
    }


def test_a_sum_and_a_deadline_are_those_of_the_sentence():
    audit, _ = read_small(AUDIT, "audit", find=faults(["县水务局"]), member=LIKELY)
    assert [p.amount.text for p in audit.problems] == ["86万元"]

    def duties(asked):
        keys = list(asked.schema["properties"]["duties"]["properties"])
        said = {"who": ["县财政局"], "task": "拨付补贴资金", "force": "必须"}
        return {"duties": {k: [said] if k.startswith("1.") else [] for k in keys}}

    made, _ = read_small(DUTIES, "duties", items=duties)
    (one,) = made.duties
    assert (one.due.end, [q.text for q in one.sums]) == ("2024-03-31", ["200万元"])


LIKELY = {"1": -0.1, "2": -4.0, "3": -4.0}


def faults(names):
    """Answers about offices with their faults: who is named, and what it did."""
    said = {"县水务局": "滞留专项资金", "县民政局": "多发补助"}

    def find(asked):
        text = asked.text.splitlines()[-1]
        if "列表" in asked.text:
            return {"value": [name for name in names if name in text]}
        return {"value": next((said[name] for name in names if name in text), None)}

    return find


def test_a_second_look_asks_one_sentence_about_one_field():
    text = REPAIRED.replace("3万元。\n", "3万元。\n其他单位。\n")
    find = faults(["县水务局", "县民政局"])
    chosen = {"追回": {"4": -0.1}, "全部拨付": {"1": -0.1}}

    def sort(asked):
        return next(told for words, told in chosen.items() if words in asked.text)

    summary, fake = read_small(text, "audit", find=find, member=LIKELY, sort=sort)
    one, two = summary.problems[:2]
    assert (one.status, one.deadline) == ("已整改", None)
    assert [e.quote for e in one.proofs["status"]] == ["县水务局已将滞留的专项资金全部拨付。"]
    assert (two.status, two.deadline.end) == (None, "2024-06-30")
    last = "县民政局承诺2024年6月底前追回多发的补助。"
    assert [last in q.text for q in fake.asked("sort")] == [False, True]


@pytest.mark.parametrize(("most", "limit"), [("", 12), (", most=2", 2), (", most=None", 12)])
def test_the_class_says_how_many_items_a_sentence_tells_of(tmp_path, most, limit):
    path = tmp_path / "mine.py"
    path.write_text(
        "from summarizer.fields import Item, Summary, Verbatim, ask\n"
        f"class Stat(Item{most}):\n    '''一个指标'''\n    name: str = ask('名称')\n"
        "class S(Summary, labels=False, overview=False):\n    stats: tuple[Stat, ...] = ()\n",
        encoding="utf-8",
    )
    _, fake = read_small(STATS, str(path))
    keys = fake.asked("items")[0].schema["properties"]["stats"]["properties"]
    assert max(shape["maxItems"] for shape in keys.values()) <= limit
    assert (max(shape["maxItems"] for shape in keys.values()) > 3) == (limit > 2)
