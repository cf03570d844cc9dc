"""The summary of `report.txt`, made by hand; spans are found, so that they are true."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from summarizer.provenance import DocumentInfo, Provenance, Usage
from summarizer.types import Coverage, Evidence, Figure, Issue, Span, Summary, Tally

HERE = Path(__file__).parent
TEXT = (HERE / "report.txt").read_text(encoding="utf-8")


def at(words: str, occurrence: int = 0) -> Span:
    start = -1
    for _ in range(occurrence + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def sentence(span: Span) -> Evidence:
    start = max(TEXT.rfind(mark, 0, span.start) for mark in "。\n") + 1
    end = min(TEXT.index(mark, span.end) for mark in "。\n") + 1
    return Evidence(span=Span(start, end), quote=TEXT[start:end])


def figure(name: str, text: str, label: str, value: str, **rest: Any) -> Figure:
    span = at(text)
    return Figure(
        id=name,
        text=text,
        label=label,
        value=Decimal(value),
        span=span,
        evidence=sentence(span),
        **rest,
    )


def figures() -> tuple[Figure, ...]:
    town, year = {"subject": "清水镇"}, {"period": "2019年"}
    return (
        figure("f1", "500余万元", "产业资金投入", "5E+6", unit="元", bound="over", kind="money",
               base_value=Decimal(5000000), base_unit="元", **town, **year),
        figure("f2", "3.5万平方米", "蔬菜大棚面积", "35000", unit="平方米", kind="area",
               base_value=Decimal(35000), base_unit="m²", **town, **year,
               also_at=(at("3.5万平方米", 1),)),
        figure("f3", "197户", "带动增收的贫困户", "197", unit="户", kind="count", **town, **year),
        figure("f4", "2万亩", "流转土地面积", "20000", unit="亩", kind="area",
               base_value=Decimal("13333333.40"), base_unit="m²", **year),
        figure("f5", "30至50亩", "油茶家庭农场规模", "30", high=Decimal(50), unit="亩", kind="area",
               bound="range"),
        figure("f6", "12个", "油茶家庭农场数", "12", unit="个", kind="count"),
        figure("f7", "近800万元", "小额信贷发放额", "8000000", unit="元", bound="under", kind="money",
               subject="镇政府与县农商行"),
        figure("f8", "44户", "危房改造户数", "44", unit="户", kind="count", **town),
        figure("f9", "96.6%", "群众满意率", "96.60", unit="%", kind="percent"),
    )  # fmt: skip


def make_summary(report: Any) -> Summary:
    """The summary; `report` is the module of `report_schema.py`."""
    proof = sentence
    measures = (
        report.Measure(id="m1", title="投入资金建设蔬菜大棚", category="产业", figures=("f1", "f2", "f3"),
                       evidence=(proof(at("500余万元")),)),
        report.Measure(id="m2", title="完成危房改造", category="住房", figures=("f8", "f9"),
                       evidence=(proof(at("44户")),)),
        report.Measure(id="m3", title="发放小额信贷", category="产业", partner="县农商行",
                       figures=("f7",), evidence=(proof(at("近800万元")),)),
    )  # fmt: skip
    exemplars = (
        report.Exemplar(id="e1", name="李春梅", kind="person", role="双石村党支部书记",
                        deed="自掏腰包修通机耕道", evidence=(proof(at("李春梅")),)),
    )  # fmt: skip
    tokens = Usage(requests=9, cached=4, prompt_tokens=5120, completion_tokens=640, seconds=12.5)
    return report.Report(
        schema_id="report_schema",
        document=DocumentInfo(id="0123456789abcdef", source="report.txt", encoding="utf-8",
                              media_type="text/plain", characters=len(TEXT), set_aside={"repeat": 23}),
        title="清水镇2019年脱贫攻坚工作综述", place="清水镇", period="2019年",
        publisher="清水镇融媒体中心",
        overview="2019年，清水镇投入产业资金500余万元，建成蔬菜大棚3.5万平方米，带动197户贫困户增收；"
        "发放小额信贷近800万元，完成危房改造44户。",
        figures=figures(), measures=measures, exemplars=exemplars, outlook="继续巩固",
        coverage=Coverage(
            found=12, figures=9, merged=1,
            set_aside=(Tally(span=at("十佳"), text="十佳", reason="slogan"),),
            missed=(Tally(span=at("8000元"), text="8000元", reason="no label given"),),
            unaccounted=(Tally(span=at("2020"), text="2020", reason="digits that nothing counts"),),
        ),
        issues=(
            Issue(code="figure.missed", severity="warning", message="8000元 has no label",
                  ref=f"{at('8000元').start}-{at('8000元').end}"),
            Issue(code="item.dropped", severity="info", message="a measure cited no sentence"),
        ),
        provenance=Provenance(
            model="local:qwen2.5-coder-1.5b", strategy="anchored",
            prompts={"figures.v1": "aa11", "items.v1": "bb22"}, schema_hash="cc33",
            settings_hash="dd44", versions={"summarizer": "0.1.0"}, usage=tokens,
        ),
    )  # fmt: skip
