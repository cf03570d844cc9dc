"""A PDF by its geometry: lines, columns, tables, what runs along, what is drawn twice."""

import pytest
import tiny_files

from summarizer.documents.parsed import parse
from summarizer.documents.read import read
from summarizer.engine.evidence import quote
from summarizer.types import Evidence, Span


def text_of(*pages):
    return read(tiny_files.placed_pdf(list(pages)), name="a.pdf").text


def test_lines_are_read_from_the_top_whatever_the_order_of_objects():
    page = [(50, 700, 12, "第二行5户"), (50, 740, 12, "第一行3户"), (50, 660, 12, "第三行7户")]
    assert text_of(page) == "第一行3户\n第二行5户\n第三行7户\n"


def test_letters_that_are_objects_of_their_own_are_a_line():
    page = [(50 + 12 * n, 700, 12, c) for n, c in enumerate("GDP1500")]
    assert text_of(page[::-1]) == "GDP1500\n"


def test_what_is_drawn_twice_is_one():
    page = [(50 + shift, 700, 12, "惠及197户") for shift in (0, 0.3, 0.6)]
    assert text_of(page) == "惠及197户\n"


def test_a_page_in_columns_is_read_column_by_column():
    left = [
        "左栏第一行说的是水利的事情",
        "左栏第二行投入了资金五百万",
        "左栏第三行修了三公里的水渠",
        "左栏第四行惠及一百九十户",
    ]
    right = [
        "右栏第一行说的是道路的事情",
        "右栏第二行投入了资金三百万",
        "右栏第三行修了五公里的村道",
        "右栏第四行惠及二百一十户",
    ]
    page = [(50, 760, 16, "两栏的公报的题目在这里横跨两栏并且很长很长很长")]
    for n, (a, b) in enumerate(zip(left, right, strict=True)):
        page += [(50, 700 - 20 * n, 12, a), (330, 700 - 20 * n, 12, b)]
    assert text_of(page).split("\n")[1:-1] == [*left, *right]


def test_heads_feet_and_numbers_of_pages_are_left_out_and_counted():
    pages = [
        [
            (250, 800, 9, "某县统计公报"),
            (50, 700, 12, f"第{n}段的正文{w}"),
            (290, 40, 9, f"- {n} -"),
        ]
        for n, w in enumerate("甲乙丙", 1)
    ]
    document = read(tiny_files.placed_pdf(pages), name="a.pdf")
    assert document.text == "第1段的正文甲\n第2段的正文乙\n第3段的正文丙\n"
    assert document.left_out == {"running lines": 6}


def test_a_bare_number_at_the_foot_is_a_page_s_only_if_it_counts_on():
    counting = [[(50, 700, 12, f"正文{w}"), (290, 40, 9, str(n))] for n, w in enumerate("甲乙", 7)]
    assert text_of(*counting) == "正文甲\n正文乙\n"
    amounts = [
        [(50, 700, 12, f"正文{w}"), (290, 40, 9, n)] for n, w in (("35", "甲"), ("12", "乙"))
    ]
    assert text_of(*amounts) == "正文甲\n35\n正文乙\n12\n"


def test_a_fact_that_recurs_at_the_edge_of_pages_is_no_head():
    pages = [
        [(50, 800, 9, "某县公报"), (50, 700, 12, f"正文{w}"), (50, 40, 12, foot)]
        for w, foot in (("甲", "投资300万元"), ("乙", "投资300万元"), ("丙", "投资300万元"))
    ]
    assert text_of(*pages).count("投资300万元") == 3
    said = [[(50, 700, 12, f"正文{w}"), (50, 40, 12, "以上工作均已完成。")] for w in "甲乙丙"]
    assert text_of(*said).count("以上工作均已完成。") == 3
    moved = [
        [(50, 700, 12, f"正文{w}"), (50, 40 + 20 * n, 12, "另附")] for n, w in enumerate("甲乙丙")
    ]
    assert text_of(*moved).count("另附") == 3


def test_a_number_that_counts_on_elsewhere_than_at_one_height_alone_is_no_page_s():
    higher = [
        [(50, 700, 12, f"正文{w}"), (290, 40 + 20 * n, 9, str(n + 5))] for n, w in enumerate("甲乙")
    ]
    assert text_of(*higher) == "正文甲\n5\n正文乙\n6\n"
    left = [f"左栏第{n}行说的是水利的事情" for n in "一二三四五"]
    right = [f"右栏第{n}行说的是道路的事情" for n in "一二三四"]
    pages = []
    for last in "56":
        both = zip(left, [*right, last], strict=True)
        pages.append(
            [
                (x, 700 - 20 * n, 12, w)
                for n, pair in enumerate(both)
                for x, w in zip((50, 330), pair, strict=True)
            ]
        )
    assert [line for line in text_of(*pages).split("\n") if line.isdigit()] == ["5", "6"]


def test_the_mark_of_a_note_is_no_digit_of_a_number():
    page = [(50, 700, 12, "投资500"), (110, 706, 6, "1"), (117, 700, 12, "万元")]
    document = read(tiny_files.placed_pdf([page]), name="a.pdf")
    assert document.text == "投资500万元\n"
    assert document.left_out == {"notes": 1}


def test_a_raised_digit_behind_a_unit_or_ten_is_a_power():
    above = [(50, 720, 12, "面积300m"), (122, 726, 6, "2"), (130, 720, 12, "的池塘")]
    below = [(50, 700, 12, "产量3×10"), (122, 706, 6, "12"), (136, 700, 12, "吨和煤")]
    document = read(tiny_files.placed_pdf([[*above, *below]]), name="a.pdf")
    assert document.text == "面积300m2的池塘\n产量3×10¹²吨和煤\n"
    assert not document.left_out


def test_a_table_is_a_grid_by_where_its_cells_stand():
    rows = [
        [(60, "乡镇"), (240, "投资(万元)")],
        [(200, "2019年"), (300, "2020年")],
        [(60, "甲镇"), (205, "300"), (305, "450")],
        [(60, "乙镇"), (205, "20"), (305, "35")],
    ]
    page = [(50, 760, 12, "下表是投资情况，其余从略。")]
    page += [(x, 720 - 20 * n, 12, w) for n, row in enumerate(rows) for x, w in row]
    parsed = parse(read(tiny_files.placed_pdf([page]), name="a.pdf"))
    found = [
        (
            m.text,
            int(m.quantity.value),
            m.quantity.unit,
            parsed.told[m.id].subject,
            parsed.told[m.id].period,
        )
        for m in parsed.mentions
        if m.quantity
    ]
    assert found == [
        ("300", 3_000_000, "元", "甲镇", "2019年"),
        ("450", 4_500_000, "元", "甲镇", "2020年"),
        ("20", 200_000, "元", "乙镇", "2019年"),
        ("35", 350_000, "元", "乙镇", "2020年"),
    ]


def test_spans_stand_and_pages_begin_where_they_say():
    pages = [[(50, 700, 12, f"投入{n}万元")] for n in (3, 45)]
    document = read(tiny_files.placed_pdf(pages), name="a.pdf")
    assert [document.text[start:].split("\n")[0] for start in document.pages] == [
        "投入3万元",
        "投入45万元",
    ]
    raw = parse(document)
    assert [document.text[m.span.slice] for m in raw.mentions] == ["3万元", "45万元"]


def test_a_character_that_its_font_cannot_draw_is_counted():
    """Its font is neither in the file nor here, so that the library has no place for it."""
    page = [(50, 700, 12, "投入2"), (90, 700, 12, "座")]
    document = read(tiny_files.placed_pdf([page]), name="a.pdf")
    assert document.left_out == {"text without width": 1}


def cut(last, first, between=()):
    """A page that ends in the first half of a line, and one that goes on with the other."""
    above = [(40, 700, 12, "一、资金"), (40, 60, 12, last)]
    return text_of(above, [*between, (40, 780, 12, first)])


FULL = "今年以来全县累计投入乡村振兴衔接资金共计12"


def test_a_number_that_a_page_s_border_cuts_is_one():
    assert "共计1250万元" in cut(FULL, "50万元，支持产业。")
    assert "共计12.5万元" in cut(FULL, ".5万元，支持产业。")
    assert "共计1250万元" in cut(FULL, "50万元，支持产业。", [(250, 820, 8, "年度工作报告")])


def test_what_begins_a_page_with_a_number_of_its_own_is_no_half():
    assert "12\n2、支持" in cut(FULL, "2、支持产业。")
    assert "12\n2023年" in cut(FULL, "2023年的产业。")
    assert "12\n50万元" in cut(FULL[-6:], "50万元，支持产业。" * 2)
    assert "300\n450" in text_of([(40, 60, 12, "300")], [(40, 780, 12, "450")])


def test_pages_begin_where_a_cut_line_goes_on():
    pages = [[(40, 700, 12, "一、资金"), (40, 60, 12, FULL)], [(40, 780, 12, "50万元。")]]
    document = read(tiny_files.placed_pdf(pages), name="a.pdf")
    assert [document.text[start:][:4] for start in document.pages] == ["一、资金", "50万元"]


def test_evidence_says_where_on_its_page_it_stands():
    pages = [
        [(40, 700, 12, "一、资金"), (40, 60, 12, FULL)],
        [(40, 780, 12, "50万元，全部"), (40, 760, 12, "用于产业。")],
    ]
    document = read(tiny_files.placed_pdf(pages), name="a.pdf")
    start = document.text.index("今年以来")
    first = quote(Span(start, len(document.text) - 1), document)
    assert first.page == 1
    assert first.box == pytest.approx((40, 58, 40 + 12 * len(FULL), 70), abs=6)
    second = quote(Span(document.text.index("用于"), len(document.text) - 1), document)
    assert (second.page, second.box[0]) == (2, 40)
    assert second.box[3] < 780
    told = second.model_dump(mode="json")
    assert [*told["box"]] == [*second.box]
    assert "box" not in Evidence(span=Span(0, 1), quote="x").model_dump()


def on_its_side(page):
    """The texts of a page as they stand on one that is turned to the left to be printed."""
    return [(842 - y, x, size, words, "0 1 -1 0") for x, y, size, words in page]


def test_a_page_on_its_side_is_read_as_its_letters_lie():
    page = [(50, 500, 12, "投入350万元"), (50, 470, 12, "惠及120户"), (300, 470, 12, "修路3公里")]
    upright, turned = (
        read(tiny_files.placed_pdf([one]), name="a.pdf") for one in (page, on_its_side(page))
    )
    assert turned.text == upright.text == "投入350万元\n惠及120户 修路3公里\n"
    (_, first), (_, second) = turned.boxes
    assert first[0] == pytest.approx(50, abs=1)
    assert second[1] - first[1] == pytest.approx(-30, abs=1)


def test_a_watermark_across_a_page_cuts_no_number():
    page = [(50, 700, 12, "投入1350万元"), (74, 690, 12, "内部8资料9", "0.7 0.7 -0.7 0.7")]
    document = read(tiny_files.placed_pdf([page]), name="a.pdf")
    assert document.text == "投入1350万元\n"
    assert document.left_out["slanted"] == 6


def test_what_is_too_small_to_be_seen_is_left_out_and_counted():
    page = [(50, 700, 12, "投入"), (76, 700, 1, "26"), (78, 700, 12, "350万元")]
    document = read(tiny_files.placed_pdf([page]), name="a.pdf")
    assert document.text == "投入350万元\n"
    assert document.left_out["tiny"] == 2


def test_narrow_letters_beside_each_other_are_no_letter_drawn_twice():
    assert text_of(["30 Tz", (50, 700, 10, "投入1111元")]) == "投入1111元\n"


def test_a_scan_with_recognised_text_is_read_and_told_of():
    picture = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q"
    words = (50, 700, 12, "全镇投入资金500万元。")
    scanned = read(tiny_files.placed_pdf([[picture, "3 Tr", words]]), name="a.pdf")
    assert scanned.text.strip() == "全镇投入资金500万元。"
    assert scanned.left_out == {"pictures": 1, "scans": 1, "unread pages": 1}
    seen = read(tiny_files.placed_pdf([[picture, words]]), name="a.pdf")
    assert seen.left_out == {"pictures": 1, "unread pages": 1}
    assert read(tiny_files.placed_pdf([["3 Tr", words]]), name="a.pdf").left_out == {}
