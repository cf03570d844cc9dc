"""The one check of words that are broken: labels, titles, deeds and subjects."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.zh.broken import broken, cut
from summarizer.zh.labels.drafts import draft_title

CASES = Path(__file__).parent / "data" / "extract" / "broken.txt"


def cases():
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            said, _, found = line.partition(" => ")
            words, _, source = said.partition(" | ")
            of_party = words.startswith("deed: ")
            yield words.removeprefix("deed: "), source, of_party, "" if found == "-" else found


@pytest.mark.parametrize(("words", "source", "of_party", "found"), [*cases()])
def test_what_is_broken(words, source, of_party, found):
    assert broken(words, source, of_party=of_party) == found


@pytest.mark.parametrize(
    ("words", "most", "kept"),
    [
        ("修路", 8, "修路"),
        (
            "为创业者提供贷款扶持、创业培训、社保补贴等保姆式创业服务",
            26,
            "为创业者提供贷款扶持、创业培训、社保补贴等",
        ),
        ("提供保姆式创业服务", 8, "提供保姆式创业"),
        ("建立(镇、村)两级台账制度", 7, "建立(镇、村)"),
        ("建立(镇、村)两级台账制度", 6, "建立"),
        ("违规返还土地出让金1.18亿元", 12, "违规返还土地出让金"),
        ("投入资金修建水渠,解决了用水难题", 10, "投入资金修建水渠"),
    ],
)
def test_a_cut_divides_no_word(words, most, kept):
    assert cut(words, most) == kept


@given(st.text(alphabet="修建水渠服务治理、，,等(）)“”的了1", max_size=40), st.integers(1, 30))
def test_a_cut_is_the_beginning_and_no_longer(words, most):
    kept = cut(words, most)
    assert words.startswith(kept)
    assert len(kept) <= most


@given(st.text(max_size=40), st.text(max_size=60))
def test_any_words_can_be_checked(words, source):
    broken(words, source)
    broken(words, source, of_party=True)


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        (
            "2018年,镇里要求除值班人员外的全部镇干部下沉到村做好群众工作。",
            "镇里要求除值班人员外的全部镇干部下沉到村做好群众工作",
        ),
        ("同时,我镇共投入60余万元修建水渠,解决了用水难题。", "投入60余万元修建水渠"),
        (
            "为创业者提供贷款扶持、创业培训、社保补贴等保姆式创业服务和场地租金减免。",
            "为创业者提供贷款扶持、创业培训、社保补贴等",
        ),
        ("阳光明媚。", ""),
    ],
)
def test_a_title_that_a_rule_writes_is_whole(sentence, title):
    assert draft_title(sentence) == title
