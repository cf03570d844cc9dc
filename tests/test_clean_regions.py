"""What each line of a page is taken for: the pages are the cases, `kind | line`."""

from pathlib import Path

import pytest

from summarizer.clean import clean

PAGES = sorted((Path(__file__).parent / "data" / "clean" / "pages").glob("*.txt"))


def cases(page):
    lines = page.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" | ", 1)) for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_line_of_a_page_is_known_for_what_it_is(page):
    expected = cases(page)
    cleaned = clean("\n".join(line for _, line in expected))
    found = [(region.kind, cleaned.text[region.span.slice]) for region in cleaned.regions]
    assert found == [(kind, line.strip()) for kind, line in expected]
