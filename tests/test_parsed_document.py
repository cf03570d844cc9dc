"""The one view of a text: made once, and every sentence of it folded and parsed once."""

from collections import Counter
from pathlib import Path

import pytest
from fake_model import FakeModel

from summarizer.config import settings
from summarizer.documents import clean
from summarizer.documents.parsed import parse
from summarizer.documents.read import read
from summarizer.errors import UnreadableDocument
from summarizer.pipeline import summarize
from summarizer.types import Document
from summarizer.zh import names, script
from summarizer.zh.attribution import parsed

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))


@pytest.mark.parametrize("size", ["small", "large"])
def test_a_sentence_is_folded_and_parsed_once_in_a_whole_run(size, monkeypatch):
    """It was converted 6,122 times in a seed, by whoever read it."""
    converted: Counter[str] = Counter()
    convert = script._convert

    def counting(config, text):
        converted[text] += config == "tw2s"
        return convert(config, text)

    monkeypatch.setattr(script, "_convert", counting)
    script._folded.cache_clear()
    parsed._parsed.cache_clear()
    summarize(
        SEEDS[0], model=FakeModel().model, settings=settings(size=size, store="off", reasks=0)
    )
    sentences = {s.text for s in parse(read(SEEDS[0])).sentences}
    assert sentences
    assert {text for text in sentences if converted[text] > 1} == set()
    assert parsed._parsed.cache_info().misses <= len(sentences) + 1


@pytest.mark.parametrize(("module", "step"), [(clean, "tidy"), (names, "_first")])
@pytest.mark.parametrize("size", ["small", "large"])
def test_a_text_is_cleaned_and_searched_for_names_once_in_a_whole_run(
    module, step, size, monkeypatch
):
    """The proof did both again at the end."""
    document = read(SEEDS[0])
    whole = {document.text, script.fold(parse(document).text.text)}
    seen: list[str] = []
    take = getattr(module, step)

    def counting(text, *rest):
        seen.append(text)
        return take(text, *rest)

    monkeypatch.setattr(module, step, counting)
    chosen = settings(size=size, store="off", reasks=0)
    summarize(document, model=FakeModel().model, settings=chosen)
    assert sum(text in whole for text in seen) == 1


def test_a_view_has_everything_of_a_text():
    view = parse(read(SEEDS[2]))
    quantities = [m for m in view.mentions if m.quantity]
    inside = [m for sentence in view.sentences for m in sentence.mentions]
    assert set(inside) <= set(quantities)
    assert view.facts.title
    assert view.text.text


def test_what_a_reader_left_out_is_told_in_the_summary():
    """It was counted by the readers and got lost on the way."""
    document = Document(
        "0" * 16, "x", "青石镇总结\n建桥1座。\n", left_out={"headers": 12, "pictures": 2}
    )
    summary = summarize(document, model=FakeModel().model, settings=settings(store="off"))
    assert summary.document.left_out == {"headers": 12, "pictures": 2}


def test_from_python_too_the_limits_of_a_file_are_the_settings(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("青石镇总结。" * 40, encoding="utf-8")
    chosen = settings(store="off", max_characters=100)
    with pytest.raises(UnreadableDocument, match="100"):
        summarize(path, model=FakeModel().model, settings=chosen)
