"""Texts that were read in a wrong encoding and saved so: put right for certain, or refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.documents.read import read
from summarizer.documents.read.misread import put_right
from summarizer.errors import UnreadableDocument

TEXT = "2023年投入资金500万元，惠及群众197户，新修道路18.6公里。\n村民都说好。\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode().decode("latin-1").encode(), "utf-8 read as latin-1"),
        (TEXT.encode("gb18030").decode("latin-1").encode(), "gb18030 read as latin-1"),
        (TEXT.encode().decode("latin-1").encode("utf-16"), "utf-16-le"),
        (TEXT.encode("hz"), "hz"),
        (TEXT.encode("utf-7"), "utf-7"),
        (TEXT.encode(), "utf-8"),
    ],
)
def test_what_is_certain_is_put_right(data, encoding):
    if encoding == "utf-16-le":
        with pytest.raises(UnreadableDocument, match="read as"):
            read(data)
        return
    document = read(data)
    assert (document.text, document.encoding) == (TEXT, encoding)


def test_the_five_bytes_without_a_character_are_no_obstacle():
    misread = "".join(
        bytes([b]).decode("cp1252") if b not in b"\x81\x8d\x8f\x90\x9d" else chr(b)
        for b in TEXT.encode()
    )
    assert read(misread.encode()).text == TEXT


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (
            "대한민국은 민주공화국이다. 모든 권력은 국민으로부터 나온다. 500만원".encode("euc-kr"),
            "Korean",
        ),
        (("锟斤拷" * 40).encode(), "wrong encoding"),
        (TEXT.encode().decode("gb18030", "ignore").encode(), "read as GBK"),
    ],
)
def test_what_is_not_certain_is_refused(data, why):
    with pytest.raises(UnreadableDocument, match=why):
        read(data * 3)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_a_text_that_was_read_rightly_stays(text):
    right, how = put_right(text + TEXT)
    assert (right, how) == (text + TEXT, "")
