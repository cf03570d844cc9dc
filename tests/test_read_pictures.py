"""Pages of a PDF that are pictures: told of, and read with `--ocr`.

The tests that recognise need RapidOCR and a font: `make .venv/.done-ocr .venv/.done-font`.
"""

import json
import subprocess
import sys

import pytest
import scanned_pages
from fake_model import FakeModel
from scanned_pages import BLANK, drawn, pdf
from test_made_files import found_in, is_as_told

from summarizer.config import Settings
from summarizer.documents.read import Limits, read
from summarizer.engine.schema import load_schema
from summarizer.engine.verify.doubts import doubts
from summarizer.errors import EmptyDocument
from summarizer.pipeline import summarize
from summarizer.render.review.sources import parsed_source

TEXT = [(60, 780 - 24 * k, 12, f"第{k}段，硬化村道{k}公里，改造旱厕{k}0户。") for k in range(1, 6)]
OCR = Limits(ocr=True)
recognises = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not scanned_pages.can_recognise(),
        reason="no RapidOCR or no font here: `make .venv/.done-ocr .venv/.done-font`",
    ),
]


def codes(summary):
    return [issue.code for issue in summary.issues]


def test_a_page_that_is_a_picture_is_counted_and_told_of():
    document = read(pdf(TEXT, [BLANK], [BLANK, (60, 800, 10, "扫描件")]), name="a.pdf")
    assert document.left_out["unread pages"] == 2
    assert document.recognised == ()
    summary = summarize(document, model=FakeModel().model, settings=Settings(store="off"))
    assert "pages_unread" in codes(summary)
    assert "recognised" not in json.loads(summary.model_dump_json())["document"]


def test_a_page_of_text_with_a_picture_behind_it_is_none():
    assert "unread pages" not in read(pdf([BLANK, *TEXT]), name="a.pdf").left_out


def test_letters_drawn_as_shapes_are_a_picture():
    shapes = " ".join(f"{50 + 4 * k} 700 3 9 re f" for k in range(120))
    assert read(pdf(TEXT, [shapes]), name="a.pdf").left_out["unread pages"] == 1


def test_a_scanned_file_says_what_reads_it():
    with pytest.raises(EmptyDocument, match=r"it was scanned; `--ocr` recognises its text"):
        read(pdf([BLANK]), name="a.pdf")


def test_without_the_extra_it_is_named(tmp_path):
    """In a process in which the package cannot be imported, as where it is not installed."""
    (tmp_path / "rapidocr.py").write_text("raise ImportError('none', name='rapidocr')")
    (tmp_path / "a.pdf").write_bytes(pdf(TEXT, [BLANK]))
    done = subprocess.run(
        [sys.executable, "-m", "summarizer", "text", "--ocr", str(tmp_path / "a.pdf")],
        capture_output=True, text=True, check=False, env={"PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.strip().endswith(
        "a.pdf was scanned, and --ocr needs RapidOCR: pip install 'report-summarizer[ocr]'"
    )


PAGE = [
    (70, 760, 18, "青石县2023年工作总结"),
    (60, 720, 12, "全县投入资金350万元，硬化村道12.5公里，改造旱厕1,111户。"),
    (60, 698, 12, "粮食总产量1,234.5吨，同比增长3.2%。李长保养羊30只。"),
    *((70, 640 - 30 * n, 11, name) for n, name in enumerate(("乡镇", "甲镇", "乙镇", "合计"))),
    *(
        (230, 640 - 30 * n, 11, v)
        for n, v in enumerate(("投资(万元)", "350", "1,280.5", "1,630.5"))
    ),
    *((380, 640 - 30 * n, 11, v) for n, v in enumerate(("受益户数", "45", "118", "163"))),
]
BOXES = [(60 + 150 * c, 630 - 30 * r, 150, 30) for c in range(3) for r in range(4)]
TOLD = (
    "350万元 = 3500000 元", "12.5公里 = 12.5 公里", "1,111户 = 1111 户", "1,234.5吨 = 1234.5 吨",
    "3.2% = 3.2 %", "30只 = 30 只",
    "350 = 3500000 元 | 甲镇 投资 | -", "45 = 45 户 | 甲镇 受益 户数 | -",
    "1,280.5 = 12805000 元 | 乙镇 投资 | -", "118 = 118 户 | 乙镇 受益 户数 | -",
    "1,630.5 = 16305000 元 | 合计 投资 | -", "163 = 163 户 | 合计 受益 户数 | -",
)  # fmt: skip


def lying(quarters, *stamps):
    """The page as a scan that so many quarter turns set upright, with stamps on it as it lies."""
    low = 230 if quarters % 2 else 0  # a page on its side is as high as it was wide
    texts = [(x, y - low, size, words) for x, y, size, words in PAGE]
    boxes = [(x, y - low, width, height) for x, y, width, height in BOXES]
    return drawn(texts, boxes, quarters=quarters, across=stamps)


class TestRecognised:
    pytestmark = recognises

    @pytest.mark.parametrize("turned", [0.0, 0.6, -0.6])
    def test_a_scanned_page_gives_the_figures_that_it_holds(self, turned):
        found = [*found_in(pdf([drawn(PAGE, BOXES, turned=turned)]), "a.pdf", bounds=OCR)]
        assert len(found) == len(TOLD), found
        assert [a for a, line in zip(found, TOLD, strict=True) if not is_as_told(a, line)] == []

    @pytest.mark.parametrize(("quarters", "rotated"), [(1, 90), (3, 0), (2, 270)])
    def test_a_scan_that_lies_on_its_side_is_set_upright(self, quarters, rotated):
        """Whatever its page says of how it is turned."""
        data = pdf([lying(quarters)], rotated=rotated)
        found = [*found_in(data, "a.pdf", bounds=OCR)]
        assert [a for a, line in zip(found, TOLD, strict=True) if not is_as_told(a, line)] == []

    @pytest.mark.parametrize("rotated", [0, 90])
    def test_a_stamp_across_a_turned_page_is_there_once(self, rotated):
        """It lies as the page does before it is turned: it stands behind what the page says."""
        stamp = (60, 800, 10, "清水县统计局2023年公报")
        document = read(pdf([lying(1, stamp), stamp], rotated=rotated), name="a.pdf", bounds=OCR)
        assert document.text.endswith("合计\t1,630.5\t163\n清水县统计局2023年公报\n")
        assert document.text.count("清水县统计局") == 1

    def test_a_stamp_that_is_turned_with_its_page_is_there_once(self):
        above, own = (60, 560, 10, "清水县统计局2023年公报"), (35, 60, 10, "清水县统计局2023年公报")
        texts = [(x, y - 230, size, words) for x, y, size, words in PAGE]
        data = pdf([drawn([above, *texts], quarters=1), (*own, "0 1 -1 0")], rotated=90)
        document = read(data, name="a.pdf", bounds=OCR)
        assert document.text.count("清水县统计局") == 1
        assert "硬化村道12.5公里" in document.text

    def test_it_is_marked_with_page_box_issue_and_doubt(self, tmp_path):
        path = tmp_path / "a.pdf"
        path.write_bytes(pdf(TEXT, [drawn(PAGE, BOXES)]))
        document = read(path, bounds=OCR)
        assert document.recognised == (2,)
        assert "unread pages" not in document.left_out
        summary = summarize(document, model=FakeModel().model, settings=Settings(store="off"))
        assert summary.document.recognised == (2,)
        assert "text_recognised" in codes(summary)
        assert not {"pages_unread", "span_broken", "text_broken"} & {*codes(summary)}
        parsed = parsed_source(summary)
        assert parsed is not None
        found = doubts(summary, load_schema("report"), parsed)
        doubted = {one.ref for one in found if one.code == "recognised"}
        on_it = [one for one in summary.figures if one.evidence.page == 2]
        assert {one.id for one in on_it} <= doubted
        assert not {one.id for one in summary.figures if one.evidence.page == 1} & doubted
        amount = next(one for one in on_it if one.text == "1,280.5")
        left, bottom, right, top = amount.evidence.box
        assert left < 75
        assert 380 < right < 430
        assert 570 < bottom < 585 < top < 600

    def test_what_stands_as_text_is_not_recognised_again(self):
        own = (60, 800, 10, "清水县统计局2023年公报")
        document = read(pdf([drawn([own, *PAGE]), own]), name="a.pdf", bounds=OCR)
        assert document.text.count("清水县统计局") == 1
        assert "350万元" in document.text

    def test_a_picture_without_words_stays_empty(self):
        with pytest.raises(EmptyDocument, match="nothing was recognised"):
            read(pdf([BLANK]), name="a.pdf", bounds=OCR)

    def test_the_same_file_is_read_the_same(self):
        data = pdf([drawn(PAGE, BOXES)])
        first, second = (read(data, name="a.pdf", bounds=OCR) for _ in range(2))
        assert first == second
        assert first.boxes == second.boxes
