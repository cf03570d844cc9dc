"""Whether words are the source's: numbers that it lacks, characters that it shares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.engine import grounding
from summarizer.engine.grounding import char_recall, stands, ungrounded_numbers
from summarizer.zh.quantities import find_mentions


@pytest.mark.parametrize(
    ("prose", "source", "strays"),
    [
        ("投入500万元", "投入500余萬元", []),
        ("投入600万元", "投入500余萬元", ["600"]),
        ("惠及三个村", "3個村受益", []),
        ("惠及四个村", "3個村受益", ["四个"]),
        ("投入50万元", "投入500万元", ["50"]),
        ("第500名", "投入1500万元", ["500"]),
        ("人均1.5万元", "人均11.5万元", ["1.5"]),
        ("种植１２亩", "种植12亩", []),
        ("种植１３亩", "种植12亩", ["13"]),
        ("落实两不愁三保障", "做好脱贫工作", []),
        ("四好农村路", "修建农村公路", []),
        ("一批项目、一些群众", "项目和群众", []),
        ("", "500", []),
        ("五百", "500", []),
    ],
)
def test_stray_numbers(prose, source, strays):
    assert ungrounded_numbers(prose, source) == strays


@pytest.mark.parametrize(
    ("prose", "source"),
    [
        ("占九成以上", "群众满意"),
        ("翻了两番", "收入增加"),
        ("投入叁佰万元", "投入资金"),
        ("约九成群众满意", "群众满意"),
        ("一半群众参加", "群众参加"),
        ("开展三大行动", "开展行动"),
        ("③项工程", "工程"),
        ("½的农户", "农户"),
        ("Ⅻ批次", "批次"),
        ("面积²", "面积"),
        ("上千人参加", "村民参加"),
        ("百万元投入", "资金投入"),
        ("俩村民", "村民"),
        ("半数村民", "村民"),
        ("收入翻番", "收入"),
        ("人口减半", "人口"),
    ],
)
def test_numbers_in_words_are_numbers(prose, source):
    assert ungrounded_numbers(prose, source)


@given(st.text(alphabet="0123456789.,百千万两三个村户元投入新建、。 ", max_size=30))
def test_a_text_never_strays_from_itself(text):
    assert ungrounded_numbers(text, text) == []


@given(st.text(max_size=20), st.text(max_size=40))
def test_shares_are_shares(words, source):
    assert 0 <= char_recall(words, source) <= 1
    assert char_recall(words, words + source) == 1


@pytest.mark.parametrize(
    ("words", "source", "share"),
    [
        ("贫困户数", "122戶貧困群眾", 0.75),
        ("", "任何话", 1.0),
        ("、,。", "任何话", 1.0),
        ("人人", "人", 0.5),
        ("修路", "架桥", 0.0),
    ],
)
def test_sharing(words, source, share):
    assert char_recall(words, source) == share


def test_a_source_is_read_once_however_many_texts_are_held_against_it(monkeypatch):
    read = []

    def counted(text):
        read.append(text)
        return find_mentions(text)

    monkeypatch.setattr(grounding, "find_mentions", counted)
    source = "全乡投入七百零三万元,修路18公里。" * 20
    for number in range(30):
        strays = ungrounded_numbers(f"修路{number}公里", source)
        assert strays == ([] if number == 18 else [str(number)])
    assert read.count(source) == 1
    assert len(read) == 31


TOLD = (
    "2024年,石桥村第十二小学投入1,500万元修路86公里,覆盖８６户,占百分之六点五,三百二十人参加,"
    "投资1.5亿元,二〇二四年建成,修2座桥梁,带动3户贫困户,约三五百人。"
)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "点五",
            "百分之六",
            "六点五",
            "元修路",
            "万元修路",
            "500万元修路",
            "里",
            "修路86公",
            "公里",
        ),
        *(
            "二十人参加",
            "人参加",
            "五亿元",
            "年建成",
            "二四年",
            "24年",
            "6户",
            "户,占",
            "二小学投入",
        ),
        *("第十", "座桥梁", "户贫困户", "三百", "修2", "修2座"),
    ],
)
def test_no_edge_of_verbatim_words_lies_inside_a_number_or_its_unit(words):
    assert not stands(words, TOLD)


@pytest.mark.parametrize(
    "words",
    [
        *("石桥村", "第十二小学", "十二小学", "修路", "修路86公里", "投入1,500万元", "１,500万元"),
        *(
            "桥梁",
            "贫困户",
            "占百分之六点五",
            "2024年",
            "二〇二四年建成",
            "三百二十人参加",
            "约三五百人",
        ),
    ],
)
def test_words_around_a_number_stand(words):
    assert stands(words, TOLD)
