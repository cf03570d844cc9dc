"""Names that a small model cuts, for it goes on behind the key of its answer, or tells one of."""

import pytest
from fake_model import FakeModel, least

from summarizer.config import settings
from summarizer.pipeline import summarize
from summarizer.types import Document

SCHEMA = """
from typing import Literal
from summarizer.fields import *

class Duty(Item):
    '一件要做的事'
    task: str = ask('做什么', max_length=30)
    who: list[Verbatim] = ask('责任单位')
    lead: Verbatim | None = ask('牵头单位')

class S(Summary, labels=False, overview=False):
    '通知'
    duties: tuple[Duty, ...] = ()
"""


@pytest.mark.parametrize(
    ("line", "who", "lead", "kept"),
    [
        ("县审计局对资金开展审计。", ["局"], None, (["县审计局"], None)),
        ("霁水润民供水有限公司承担水厂建设。", ["霁水润民"], "公司", (["霁水润民供水有限公司"], "霁水润民供水有限公司")),
        ("县水务局、县林业局负责河岸造林。", ["县水务局"], None, (["县水务局", "县林业局"], None)),
        ("县水务局、县林业局负责河岸造林。", ["局"], "县林业局", (["局"], "县林业局")),
        ("县审计局对资金开展审计,局里派三人。", ["局"], None, (["局"], None)),
        ("青石县水务局负责供水。", ["青石县水务局"], "青石县", (["青石县水务局"], "青石县")),
        ("县水务局、县林业局分别负责供水和造林。", ["县水务局"], None, (["县水务局"], None)),
        ("县水务局、县林业局负责造林,其中县林业局育苗。", ["县林业局"], None, (["县林业局"], None)),
        ("县教育局牵头开展督导。", ["县教育局"], "教育", (["县教育局"], "教育")),
    ],
    ids=["cut", "cut twice", "in one breath", "of which", "also elsewhere", "a place", "each its own",
         "one again", "a field"],
)  # fmt: skip
def test_a_name_is_whole_and_those_of_one_breath_are_all(tmp_path, line, who, lead, kept):
    (tmp_path / "own.py").write_text(SCHEMA, encoding="utf-8")

    def answered(asked):
        said = least(asked.schema)
        task = line.rstrip("。")[-4:]
        return {
            "duties": {key: [{"task": task, "who": who, "lead": lead}] for key in said["duties"]}
        }

    fake = FakeModel(items=answered)
    chosen = settings(size="small", store="off")
    document = Document("0" * 16, "x", f"关于供水工作的通知\n{line}\n")
    summary = summarize(
        document, model=fake.model, schema=str(tmp_path / "own.py"), settings=chosen
    )
    [duty] = summary.duties
    assert (duty.who, duty.lead) == kept
    told = [one.message for one in summary.issues if one.code == "text_replaced"]
    assert len(told) == (duty.who != who) + (duty.lead != lead)
    assert "choice_replaced" not in {one.code for one in summary.issues}
