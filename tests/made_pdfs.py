"""Small made PDFs that have what only pages have, as made_files has it."""

import tiny_files
import tiny_pdf_tables
from made_files import made


@made("a.pdf", "30 = 30 户 | 甲村 户数 | -\n45 = 45 户 | 乙村 户数 | -\n75 = 75 户 | 合计 户数 | -")
def a_table_over_the_border_of_two_pages():
    head = [["村名", "户数"]]
    return tiny_files.placed_pdf(
        [
            [(40, 820, 8, "青石县统计公报"), *tiny_pdf_tables.placed([*head, ["甲村", "30"]], 60)],
            [
                (40, 820, 8, "青石县统计公报"),
                *tiny_pdf_tables.placed([*head, ["乙村", "45"], ["合计", "75"]], 780),
            ],
        ]
    )


@made(
    "a.pdf",
    "30 = 30 户 | 甲村 户数 | -\n8 = 8 户 | 丙村 户数 | -\n45 = 45 户 | 乙村 户数 | -\n70 = 70 户 | 丁村 户数 | -",
)
def a_table_that_goes_on_without_its_head():
    first, second = (
        [["村名", "户数"], ["甲村", "30"], ["丙村", "8"]],
        [["乙村", "45"], ["丁村", "70"]],
    )
    return tiny_files.placed_pdf(
        [[*tiny_pdf_tables.placed(first, 90)], [*tiny_pdf_tables.placed(second, 780)]]
    )


AMOUNTS = (
    "350万元 = 3500000 元 | 甲村 投资 | -\n45户 = 45 户 | 甲村 受益 | -\n"
    "80万元 = 800000 元 | 丙村 投资 | -\n8户 = 8 户 | 丙村 受益 | -\n"
    "1.2亿元 = 120000000 元 | 乙村 投资 | -\n30户 = 30 户 | 乙村 受益 | -\n"
    "90万元 = 900000 元 | 丁村 投资 | -\n70户 = 70 户 | 丁村 受益 | -"
)


@made("a.pdf", AMOUNTS)
def amounts_with_their_units_that_go_on_over_a_page():
    return amounts(tiny_pdf_tables.placed)


@made("a.pdf", AMOUNTS)
def amounts_with_their_units_between_lines_that_go_on_over_a_page():
    return amounts(lambda rows, top: tiny_pdf_tables.ruled(rows, top)[0])


def amounts(placed):
    first = [["村名", "投资", "受益"], ["甲村", "350万元", "45户"], ["丙村", "80万元", "8户"]]
    second = [["乙村", "1.2亿元", "30户"], ["丁村", "90万元", "70户"]]
    return tiny_files.placed_pdf([[*placed(first, 110)], [*placed(second, 780)]])


@made(
    "a.pdf",
    "350 = 3500000 元 | 甲镇 农村公路建设投资 | -\n1.5 = 15000 元 | 甲镇 农户户均补助 | -\n"
    "820 = 8200000 元 | 乙镇 农村公路建设投资 | -\n2 = 20000 元 | 乙镇 农户户均补助 | -",
)
def headers_of_two_lines():
    return tiny_files.placed_pdf(
        [
            [
                (60, 700, 10, "乡镇"),
                (160, 706, 10, "农村公路建设"),
                (170, 692, 10, "投资(万元)"),
                (300, 706, 10, "农户户均"),
                (296, 692, 10, "补助(万元)"),
                *((x, 660, 10, t) for x, t in ((60, "甲镇"), (180, "350"), (310, "1.5"))),
                *((x, 640, 10, t) for x, t in ((60, "乙镇"), (180, "820"), (310, "2"))),
            ]
        ]
    )


@made("a.pdf", "1250万元 = 12500000 元")
def a_number_that_a_page_s_border_cuts():
    lines = "今年以来全县累计投入乡村振兴衔接资金共计12"
    return tiny_files.placed_pdf(
        [
            [
                (40, 820, 8, "工作报告"),
                (40, 700, 12, "一、资金"),
                (40, 60, 12, lines),
                (290, 30, 9, "- 1 -"),
            ],
            [(40, 820, 8, "工作报告"), (40, 780, 12, "50万元，支持产业。"), (290, 30, 9, "- 2 -")],
        ]
    )


@made("a.pdf", "投入300万元 = 3000000 元\n45户 = 45 户", left_out=("running lines",))
def running_heads_with_numbers_and_fake_bold():
    pages = []
    for number, words in enumerate(("投入300万元。", "惠及45户。"), 1):
        bold = [(40 + shift, 700, 12, words) for shift in (0, 0.3, 0.6)]
        head = (200, 820, 8, "青石县2023年工作报告（第12期）")
        pages.append([head, *bold, (290, 30, 9, f"第{number}页 共2页")])
    return tiny_files.placed_pdf(pages)


THREE_PAGES = "\n".join(
    f"{n}{k} = {n}{k} 户 | {name} 户数 | -"
    for k, name in enumerate(["甲村", "乙村", "丙村"])
    for n in (1, 2)
)


@made("a.pdf", THREE_PAGES, left_out=("running lines",))
def a_head_of_a_table_that_stands_on_three_pages_is_none_of_theirs():
    return three_pages(tiny_pdf_tables.placed)


@made("a.pdf", THREE_PAGES, left_out=("running lines",))
def a_ruled_table_over_three_pages_with_its_head_on_each():
    return three_pages(lambda rows: tiny_pdf_tables.ruled(rows)[0])


def three_pages(placed):
    return tiny_files.placed_pdf(
        [
            [
                (240, 820, 8, "青石县统计公报"),
                *placed([["村名", "户数"], [name, f"1{k}"], [name, f"2{k}"]]),
                (290, 30, 9, f"- {k} -"),
            ]
            for k, name in enumerate(["甲村", "乙村", "丙村"])
        ]
    )


@made(
    "a.pdf",
    "30 = 30 户 | 甲村 户数 | -\n8 = 8 户 | 乙村 户数 | -\n300 = 300 人 | 丁镇 人口 | -\n"
    "45 = 45 人 | 戊镇 人口 | -",
)
def another_table_at_the_head_of_the_next_page():
    first = tiny_pdf_tables.ruled([["村名", "户数"], ["甲村", "30"], ["乙村", "8"]])[0]
    second = tiny_pdf_tables.ruled([["乡镇", "人口（人）"], ["丁镇", "300"], ["戊镇", "45"]])[0]
    return tiny_files.placed_pdf([first, second])


def drawn(across, down):
    """Lines across a page at some heights, and down it at some places, around all of them."""
    left, right, top, bottom = across[0], across[-1], down[0], down[-1]
    rows = "".join(f"{left} {y} m {right} {y} l S " for y in down)
    return rows + "".join(f"{x} {bottom} m {x} {top} l S " for x in across)


@made(
    "a.pdf",
    "345 = 345000000 元 | 净利润 | 2018\n585 = 585000000 元 | 净利润 | 2019\n"
    "806 = 806000000 元 | 净利润 | 2020E",
)
def a_caption_and_headers_between_lines_over_rows_without_any():
    box = drawn((40, 500), (720, 700, 680))
    heads = [(170 + 90 * n, 685, 10, year) for n, year in enumerate(("2018", "2019", "2020E"))]
    values = [(170 + 90 * n, 660, 10, value) for n, value in enumerate(("345", "585", "806"))]
    rules = drawn((40, 150, 240, 330, 500), (700, 680))
    return tiny_files.placed_pdf(
        [
            [
                box,
                rules,
                (45, 705, 10, "现金流量表（单位：百万元）"),
                *heads,
                (45, 660, 10, "净利润"),
                *values,
            ]
        ]
    )


@made(
    "a.pdf",
    "30 = 30 户 | 甲村 户数 | -\n120 = 120 人 | 甲村 人数 | -\n45 = 45 户 | 乙村 户数 | -\n"
    "180 = 180 人 | 乙村 人数 | -",
)
def rows_that_no_line_parts_inside_of_a_frame():
    rows = [["村名", "户数", "人数"], ["甲村", "30", "120"], ["乙村", "45", "180"]]
    frame = drawn((40, 500), (695, 640)) + drawn((40, 180, 320, 500), (720, 695))
    placed = [
        (60 + 140 * c, 705 - 25 * r, 10, text)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return tiny_files.placed_pdf([[frame, *placed]])
