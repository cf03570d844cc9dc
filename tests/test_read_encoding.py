"""Encodings: what bytes say, what is obeyed, what is counted."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.documents.read import read
from summarizer.documents.read.encoding import decode
from summarizer.errors import ConfigError, UnreadableDocument
from summarizer.zh.script import convert, fold

SEEDS = [
    path.read_text("utf-8")
    for path in sorted((Path(__file__).parents[1] / "seeds").iterdir())
    if path.suffix == ".txt"
]
CODECS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "gb18030",
    "gbk",
    "gb2312",
    "big5",
    "big5hkscs",
)
NAMES = {
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "big5": "big5hkscs",
}


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("number", range(5))
def test_every_encoding_of_every_seed_is_found(codec, number):
    tried = 0
    for text in (SEEDS[number], fold(SEEDS[number]), convert(fold(SEEDS[number]), "hant")):
        for part in (text, text[:60], text[-300:]):
            try:
                data = part.encode(codec)
            except UnicodeEncodeError:
                continue
            tried += 1
            decoded = decode(data)
            assert decoded.text == part
            assert decoded.encoding in (codec, NAMES.get(codec))
            assert decoded.replaced == 0
    assert tried or codec in ("gbk", "gb2312", "big5", "big5hkscs")


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5hkscs"])
def test_bad_bytes_are_counted_and_stand_where_they_were(codec):
    data = SEEDS[3].encode(codec)
    middle = len(data) // 2
    bad = data[:middle] + b"\xff" + data[middle:]
    decoded = decode(bad)
    assert decoded.encoding == codec
    assert 0 < decoded.replaced < 5
    assert decoded.text.count("\ufffd") == decoded.replaced
    assert decoded.text.startswith(SEEDS[3][:500])
    assert decoded.text.endswith(SEEDS[3][-500:])


def test_a_short_text_with_a_bad_byte():
    decoded = decode("投入500余万元\xff".encode() + b"\xe4")
    assert decoded.text == "投入500余万元ÿ\ufffd"
    assert decoded == (decoded.text, "utf-8", 1)


def test_a_cut_file_is_read_to_its_end():
    assert decode(SEEDS[2].encode()[:-1]).text == SEEDS[2][:-1] + "\ufffd\ufffd"


@pytest.mark.parametrize("hint", ["big5", "utf-8", "gb2312", "nonsense", None])
def test_a_wrong_hint_is_overruled(hint):
    assert decode(SEEDS[2].encode("gb18030"), hint=hint).encoding == "gb18030"
    assert decode(SEEDS[3].encode("big5hkscs"), hint=hint).encoding == "big5hkscs"
    assert decode(SEEDS[3].encode(), hint=hint).encoding == "utf-8"


def test_the_callers_encoding_is_obeyed():
    data = SEEDS[3].encode("big5hkscs")
    assert read(data, encoding="big5").encoding == "big5hkscs"
    wrong = read(data, encoding="utf-8")
    assert wrong.encoding == "utf-8"
    assert wrong.replaced == wrong.text.count("\ufffd") > 100


@pytest.mark.parametrize("name", ["klingon", "base64", "rot13", "zlib", "a\0b", "undefined"])
def test_an_encoding_that_is_none(name):
    with pytest.raises(ConfigError, match="no text encoding"):
        read(b"x", encoding=name)


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 4, b"\x00\x01\x02\x03" * 50, b"\x93\xfa\x82\xc6\x00\x00\x01" * 30]
)
def test_binary_data_is_no_text(data):
    with pytest.raises(UnreadableDocument):
        decode(data)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"))))
def test_any_text_survives_utf8_and_utf16(text):
    assert decode(text.encode("utf-8-sig")).text == text
    assert decode(text.encode("utf-16")).text == text


@given(st.binary(max_size=300))
def test_no_bytes_are_a_surprise(data):
    try:
        decoded = decode(data)
    except UnreadableDocument:
        return
    assert decoded.replaced <= len(data)
    decoded.text.encode("utf-8")
