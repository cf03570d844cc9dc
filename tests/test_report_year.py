"""Which year a report speaks in: what its own lines say goes before the days that it tells of."""

import pytest
from extract_cases import cases

from summarizer.documents.clean import clean
from summarizer.documents.facts import document_facts
from summarizer.documents.report_year import report_now, report_year


@pytest.mark.parametrize(("text", "expected"), cases("report_years.txt"))
def test_the_year_of_a_report(text, expected):
    cleaned = clean(text.replace("/", "\n"))
    assert str(report_year(cleaned, document_facts(cleaned)) or "-") == expected


def test_a_signature_far_behind_a_long_text_is_found():
    told = "全镇排查隐患12处,各村已整改。\n" * 40
    text = f"火灾事故情况通报\n2023年5月6日,云溪镇发生火灾。\n{told}{{}}\n附件\n{told}"
    for signature in ("2025年2月18日", "(2025年2月18日)", "二〇二五年二月十八日"):
        cleaned = clean(text.format(signature))
        assert report_year(cleaned, document_facts(cleaned)) == 2025


@pytest.mark.parametrize(("text", "expected"), cases("report_months.txt"))
def test_the_month_in_which_a_report_speaks(text, expected):
    cleaned = clean(text.replace("/", "\n"))
    assert str(report_now(cleaned, document_facts(cleaned)).month or "-") == expected
