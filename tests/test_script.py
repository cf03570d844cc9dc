"""Telling scripts apart, folding and converting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.zh import script
from summarizer.zh.lexicon import table
from summarizer.zh.script import convert, detect, fold, fold_characters


@given(st.text(alphabet=st.characters(exclude_categories=())) | st.text("餘万億著於里\x00\ud800"))
def test_folding_keeps_every_offset(text):
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("劉垓子鎮黨建引領", "刘垓子镇党建引领"),
        ("著力打造、洋溢著", "着力打造、洋溢着"),
        ("顯著提升、名著", "显著提升、名著"),
        ("显著提升、原著、著称、论著", "显著提升、原著、著称、论著"),
        ("討論著方案、原著", "讨论着方案、原著"),
        ("乾隆年間曬乾", "乾隆年间晒干"),
        ("500餘萬元", "500余万元"),
        ("前\x00後", "前\ufffd后"),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


def test_the_lexicon_of_characters_has_only_what_the_conversion_does_not_say():
    for row in table(script.CHARACTERS):
        assert fold_characters(row["character"]) == row["folded"]
        assert script._convert("t2s", row["character"]) != row["folded"]


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("黔江區委書記余長明深入兩村,了解產業發展和掛牌督戰工作情況", "Hant"),
        ("全镇上下凝聚起打好脱贫攻坚战的强大合力", "Hans"),
        ("義和鎮后備干部于2020年到崗", "Hant"),
        ("劉垓子镇党建引领奏響脫貧攻堅最強音", "mixed"),
        ("2020 abc", "Hans"),
        ("", "Hans"),
    ],
)
def test_detecting(text, script):
    assert detect(text) == script


@pytest.mark.parametrize(
    ("text", "to", "converted"),
    [
        ("貧困戶數", "hans", "贫困户数"),
        ("余長明", "hans", "余长明"),
        ("余長明", "hant", "余長明"),
        ("余小容", "hant", "余小容"),
        ("余长明", "hant", "余長明"),
        ("贫困户余小容", "hant", "貧困戶余小容"),
        ("余姚市", "hant", "餘姚市"),
        ("范县党委书记范志平", "hant", "范縣黨委書記范志平"),
        ("500余户", "hant", "500餘戶"),
        ("累计投入", "hant", "累計投入"),
        ("后备干部", "hant", "後備幹部"),
        ("于红丽", "hant", "于紅麗"),
        ("设立于2020年", "hant", "設立於2020年"),
        ("岳阳市姜堰区", "hant", "岳陽市姜堰區"),
        ("萧山区党湾镇", "hant", "蕭山區黨灣鎮"),
        ("台州市", "hant", "台州市"),
        ("劉垓子鎮", "source", "劉垓子鎮"),
        ("", "hant", ""),
    ],
)
def test_converting(text, to, converted):
    assert convert(text, to) == converted
