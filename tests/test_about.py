"""What a text says of itself, told by its head alone: title, place, period, publisher."""

import pytest
from extract_cases import cases

from summarizer.documents.clean import clean
from summarizer.documents.facts import document_facts


@pytest.mark.parametrize(("text", "expected"), cases("heads.txt"))
def test_head(text, expected):
    found = document_facts(clean(text.replace(" / ", "\n")))
    told = (found.title, found.place, found.period, found.publisher)
    assert " | ".join(words or "-" for words in told) == expected
