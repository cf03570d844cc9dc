"""Sentences and the windows and passages made of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.documents.clean import clean
from summarizer.documents.sentences import LONGEST, split_sentences
from summarizer.engine.chunk import Chunk, halves, passages, windows
from summarizer.zh.attribution.attribute import attribute
from summarizer.zh.names import find_names
from summarizer.zh.quantities import find_mentions

PIECES = [
    "全镇投入资金320余万元",
    "新建大棚46座",
    "石桥村党支部书记李春明流转荒地150亩",
    "他说:“我要干。”",
    "一、抓产业",
    "来源:县报",
    "3.5%",
    "8.6公里",
    "?",
    "……",
    "。",
    ";",
    "!”",
    ",",
    "\n",
    "\n\n",
    "  ",
    "\u3000",
    "\ue317",
    "贫困户",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=120)


def cut(text):
    cleaned = clean(text)
    mentions = find_mentions(cleaned)
    names = find_names(cleaned.text)
    return cleaned, mentions, split_sentences(cleaned, mentions, names)


@given(TEXTS)
def test_sentences_cover_all_that_is_kept_in_order_and_without_overlap(text):
    cleaned, _, sentences = cut(text)
    at = 0
    for number, sentence in enumerate(sentences, 1):
        assert sentence.number == number
        assert at <= sentence.span.start < sentence.span.end
        assert cleaned.text[sentence.span.slice] == sentence.text == sentence.text.strip()
        assert sentence.raw == cleaned.to_raw(sentence.span)
        at = sentence.span.end
    told = "".join(s.text for s in sentences)
    assert re.sub(r"\s", "", told) == re.sub(r"\s", "", cleaned.kept)


@given(TEXTS)
def test_every_quantity_of_kept_text_is_in_just_one_sentence(text):
    cleaned, mentions, sentences = cut(text)
    kept = [r.span for r in cleaned.regions if r.kind in ("body", "heading")]
    wanted = [m for m in mentions if m.quantity and any(span.covers(m.at) for span in kept)]
    assert [m for s in sentences for m in s.mentions] == wanted
    for sentence in sentences:
        for mention in sentence.mentions:
            assert sentence.span.covers(mention.at), (sentence.text, mention.text)


@given(TEXTS)
def test_a_paragraph_is_opened_once(text):
    _, _, sentences = cut(text)
    opened = [s.paragraph for s in sentences if s.opens]
    assert opened == list(dict.fromkeys(s.paragraph for s in sentences))


@given(TEXTS, st.integers(0, 400), st.integers(1, 8))
def test_windows_hold_every_mention_exactly_once_and_whole_sentences(text, chars, mentions):
    _, _, sentences = cut(text)
    chunks = windows(sentences, chars=chars, mentions=mentions)
    assert [m for c in chunks for m in c.mentions] == [m for s in sentences for m in s.mentions]
    for chunk in chunks:
        assert set(chunk.sentences) <= set(sentences)
        held = {m for s in chunk.sentences for m in s.mentions}
        assert set(chunk.mentions) <= held
        assert chunk.asked == chunk.mentions
        assert len(chunk.mentions) <= mentions + mentions // 3
        if len(chunk.sentences) > 1:
            assert sum(len(s.text) for s in chunk.sentences) <= chars


@given(TEXTS, st.integers(0, 400))
def test_passages_hold_every_sentence_once_but_for_headings_alone(text, chars):
    _, _, sentences = cut(text)
    chunks = passages(sentences, chars=chars)
    held = [s.number for c in chunks for s in c.sentences]
    assert held == sorted(set(held))
    assert all(s.heading for s in sentences if s.number not in held)
    for chunk in chunks:
        if len(chunk.sentences) > 1:
            assert sum(len(s.text) for s in chunk.sentences) <= chars


@given(TEXTS)
def test_halves_divide_what_is_asked_until_nothing_is_left_to_divide(text):
    _, _, sentences = cut(text)
    for chunk in [*windows(sentences, chars=200, mentions=6), *passages(sentences, chars=200)]:
        parts = halves(chunk)
        assert len(parts) in (0, 2)
        if parts:
            assert parts[0].asked + parts[1].asked == chunk.asked
            if chunk.mentions:
                assert all(part.mentions for part in parts)
        else:
            assert len(chunk.mentions or chunk.sentences) == 1


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("投入500万元；建桥1座。成效好。", ["投入500万元；", "建桥1座。", "成效好。"]),
        ("他说:“干吧!”大家都干。", ["他说:“干吧!”", "大家都干。"]),
        ("真的吗??是。", ["真的吗??", "是。"]),
        ("人均3.5万元,占98.6%。", ["人均3.5万元,占98.6%。"]),
        ("修路……架桥。", ["修路……", "架桥。"]),
        ("没有句号", ["没有句号"]),
        ("第一段\n第二段。", ["第一段", "第二段。"]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_splitting(text, sentences):
    assert [s.text for s in split_sentences(clean(text), ())] == sentences


def test_a_chunk_is_told_a_paragraph_a_line():
    _, _, sentences = cut("全镇修路3公里。架桥2座。\n全镇建房5间,共投入资金20万元。\n")
    assert Chunk(sentences).text == "全镇修路3公里。架桥2座。\n全镇建房5间,共投入资金20万元。"


def test_a_sentence_with_many_quantities_is_asked_about_in_near_equal_parts():
    _, _, sentences = cut("全年" + ",".join(f"建成{n}座" for n in range(20, 33)) + "。")
    chunks = windows(sentences, chars=350, mentions=6)
    assert [len(c.mentions) for c in chunks] in ([7, 6], [5, 5, 3])
    assert {c.text for c in chunks} == {sentences[0].text}


def test_headings_are_told_apart_and_what_is_set_aside_is_no_sentence():
    text = "青石镇2021年工作汇报\n来源:县报\n一、抓产业\n全镇投入资金320余万元,新建大棚46座。\n"
    _, _, sentences = cut(text)
    assert [(s.heading, s.opens) for s in sentences] == [(True, True), (True, True), (False, True)]
    assert not any("来源" in s.text for s in sentences)


def pieces(text):
    cleaned = clean(text)
    mentions = find_mentions(cleaned)
    return split_sentences(cleaned, mentions), [m for m in mentions if m.quantity]


@pytest.mark.parametrize(
    "text",
    [
        "，".join(f"投入{n}万元" for n in range(1000, 2000)),
        "".join(f"修路{n}.5公里" for n in range(1000, 2000)),  # no mark anywhere
        "".join(f"{n:,}元" for n in range(1_000_000, 1_000_500)),  # commas in numbers alone
        "甲" * 5000,
    ],
    ids=["clauses", "unmarked", "grouped", "letters"],
)
def test_what_has_no_end_comes_in_pieces(text):
    """Cut at clauses, inside no quantity, and nothing is lost between them."""
    sentences, quantities = pieces(text)
    assert "".join(s.text for s in sentences) == text
    assert max(len(s.text) for s in sentences) < LONGEST + 20
    assert [m for s in sentences for m in s.mentions] == quantities
    assert all(s.span.covers(m.at) for s in sentences for m in s.mentions)
    if "，" in text:
        assert all(s.text.endswith("，") for s in sentences[:-1])


def test_the_time_of_a_list_without_end_holds_in_all_of_its_pieces():
    text = "2021年," + "，".join(f"完成投资{n}万元" for n in range(100, 180)) + "。"
    sentences, quantities = pieces(text)
    assert [s.goes_on for s in sentences] == [False, True]
    last = attribute(quantities[-1], sentences[-1], sentences)
    assert last.period == "2021年"
