"""A model that slips one lie into one field: it is dropped, or an issue tells of it."""

import itertools
from pathlib import Path

import pytest
from fake_model import FakeModel

from summarizer.config import settings
from summarizer.engine.schema import load_schema
from summarizer.pipeline import summarize
from summarizer.types import Document
from summarizer.zh.script import fold

NESTED = Path(__file__).parent / "data" / "nested_schema.py"
TEXT = (
    "青石镇2023年工作总结\n\n一、产业发展\n"
    "全镇投入资金1023.6万元,新建蔬菜大棚46座,带动197户脱贫户增收。"
    "石桥村党支部书记李春明流转荒地150亩种植油茶。\n"
)
LIES = {
    "person": "王建国",
    "place": "金河镇",
    "role": "县委书记",
    "negation": "未",
    "offence": "挪用",
    "crime": "贪污",
    "address": "www.evil.cn",
    "link": "http://a.example/x",
    "letters": "Huawei",
    "control": "\x07",
    "direction": "\u202e",
    "digits": "9999",
    "cut": "23.6",
    "circled": "③",
    "fraction": "½",
    "roman": "Ⅻ",
    "raised": "²",
    "thousand": "上千人",
    "million": "百万元",
    "pair": "俩",
    "half": "半数",
    "double": "翻番",
    "halved": "减半",
}
HONEST = {
    "title": "新建蔬菜大棚",
    "deed": "流转荒地种植油茶",
    "what": "新建蔬菜大棚",
    "name": "李春明",
    "role": "石桥村党支部书记",
    "where": "蔬菜大棚",
    "result": "脱贫户增收",
    "steps": "投入资金",
    "called": "全镇",
    "duty": "投入资金",
    "subject": "青石镇",
    "period": "2023年",
    "place": "青石镇",
    "publisher": "青石镇",
    "overview": "全镇新建蔬菜大棚，投入资金{f1}，新建蔬菜大棚数量{f2}。",
}
LABELS = {
    "1023.6万元": "投入资金",
    "46座": "新建蔬菜大棚数量",
    "197户": "带动脱贫户户数",
    "150亩": "流转荒地面积",
}
TELLING = {"unproved_words", "number_invented", "verbatim_broken"}


class Honest:
    """Answers in the source's words; before those of the field `where` it says the lie."""

    def __init__(self, where="", lie=""):
        self.where, self.lie = where, lie

    def __call__(self, asked):
        if asked.family == "verbatim":
            return {"figures": [self.figure(quote, name) for quote, name in LABELS.items()]}
        if asked.family == "figures":
            return {key: self.said("label", LABELS[key]) for key in asked.keys}
        return self.made(asked.schema, asked.schema.get("$defs", {}))

    def figure(self, quote, name):
        return {"quote": quote, "label": self.said("label", name), "value": "", "unit": ""}

    def said(self, field, words):
        return self.lie + words if field == self.where else words

    def made(self, schema, defs, field=""):
        if "$ref" in schema:
            schema = defs[schema["$ref"].rsplit("/", 1)[-1]]
        if "anyOf" in schema:
            told = [one for one in schema["anyOf"] if one.get("type") != "null"]
            return self.made(told[0], defs, field)
        if "enum" in schema or "const" in schema:
            return schema.get("const", schema.get("enum", [""])[0])
        if schema.get("type") == "array":
            return [self.made(schema["items"], defs, field)]
        if schema.get("type") == "object":
            inner = schema.get("properties", {})
            if field == "figures":
                return {key: self.marked(shape, defs, key) for key, shape in inner.items()}
            said = {name: self.made(shape, defs, name) for name, shape in inner.items()}
            return said | ({"sentences": [1 + ("deed" in inner)]} if "sentences" in inner else {})
        return self.said(field, HONEST.get(field, "新建蔬菜大棚"))

    def marked(self, shape, defs, key):
        """A figure of a passage: its key ends in the quantity's own words."""
        return {
            "label": self.said("label", LABELS[key.split(" ")[1]]),
            "subject": self.said("subject", HONEST["subject"]),
            "period": self.said("period", HONEST["period"]),
        }


def told(where, lie, schema, way):
    strategy, size = way
    chosen = settings(store="off", strategy=strategy, overview="written", size=size, reasks=0)
    fake = FakeModel(default=Honest(where, lie))
    return summarize(
        Document("0" * 16, "x", TEXT),
        model=fake.model,
        schema=load_schema(str(schema)),
        settings=chosen,
    )


def texts(value):
    """Every text of a summary but what quotes the source or tells of the run."""
    if isinstance(value, dict):
        skipped = ("document", "provenance", "evidence", "coverage", "issues", "schema_id")
        return [t for k, v in value.items() if k not in skipped for t in texts(v)]
    if isinstance(value, (list, tuple)):
        return [t for v in value for t in texts(v)]
    return [value] if isinstance(value, str) else []


def counted(summary):
    return [(f.text, f.span, f.value, f.unit, f.bound) for f in summary.figures]


WAYS = [("anchored", "small"), ("anchored", "large"), ("verbatim", "small")]
READ = [
    "name",
    "role",
    "subject",
    "period",
    "place",
    "publisher",
]  # said by a model that reads whole passages only
FIELDS = [
    *itertools.product(["report"], ["label", "title", "deed", "overview", *READ]),
    *itertools.product([NESTED], ["what", "where", "result", "steps", "called", "duty"]),
]


@pytest.mark.parametrize("way", WAYS, ids="-".join)
@pytest.mark.parametrize(("schema", "field"), FIELDS, ids=lambda v: getattr(v, "stem", v))
def test_a_lie_is_dropped_or_told(schema, field, way):
    if field in READ and "large" not in way:
        pytest.skip("read off the text, not asked")
    honest = told("", "", schema, way)
    assert not TELLING & {issue.code for issue in honest.issues}
    assert any(HONEST.get(field, "大棚数量").split("{")[0] in text for text in texts(dump(honest)))
    silent = []
    for kind, lie in LIES.items():
        summary = told(field, lie, schema, way)
        assert counted(summary) == counted(honest)
        is_there = any(has_lie(field, lie, fold(text)) for text in texts(dump(summary)))
        if is_there and not TELLING & {issue.code for issue in summary.issues}:
            silent.append(kind)
    assert silent == []


def has_lie(field, lie, text):
    """Whether a text holds the lie before the field's words, which may have lost their end."""
    begins = LABELS.values() if field == "label" else [HONEST[field]]
    return any(lie + words[:2] in text for words in begins)


def dump(summary):
    return summary.model_dump(mode="json")


def test_a_message_shows_what_hides_by_its_number():
    summary = told("result", "\u202e\x07", NESTED, WAYS[0])
    messages = [issue.message for issue in summary.issues if issue.code == "unproved_words"]
    assert ["<U+202E><U+0007>" in message and message.isprintable() for message in messages] == [
        True
    ]
