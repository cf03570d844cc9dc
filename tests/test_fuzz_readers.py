"""Files that are whole outside and broken inside: what a reader only meets behind its container.

`make fuzz` tries FUZZ_EXAMPLES of each (tests/test_fuzz.py).
"""

import io
import json
import os
import random
import re
import struct
import sys
import tempfile
import zipfile

import pypdfium2  # noqa: F401 — before the forks, not in each
import pytest
import tiny_files
import tiny_offices
import tiny_sheets
from hypothesis import given
from test_fuzz import SEEDS, TEXT, broken, told, tried

from summarizer.documents.parsed import parse
from summarizer.documents.read import read
from summarizer.documents.read.pdf import child
from summarizer.errors import InputError

ROWS = [
    ["乡镇", "总数", None, "比重"],
    [True, "户数", "资金(万元)", True],
    ["甲镇", "1,200", "86.5", "12.5%"],
    ["乙镇", "300", "-7", "3.1%"],
]
DRESSED = (  # what the small sheets have not: formats, dates, formulas, hidden rows, a style
    '<style:style style:name="co1" style:family="table-column"/>'
    '<style:style style:name="s" style:family="text">'
    '<style:text-properties style:text-position="super 58%" fo:color="#ffffff" xmlns:fo="f"/>'
    "</style:style>"
)
ODS = tiny_sheets.ods_file(
    '<table:table table:name="表"><table:table-column table:number-columns-repeated="3" '
    'table:visibility="collapse"/><table:table-row table:number-rows-repeated="2">'
    '<table:table-cell table:number-columns-repeated="4" table:number-rows-spanned="2" '
    'office:value-type="float" office:value="1200"><text:p>1,200<text:s text:c="3"/>'
    '<text:span text:style-name="s">2</text:span></text:p></table:table-cell></table:table-row>'
    '<table:table-row table:visibility="collapse"><table:table-cell><text:p>甲镇</text:p>'
    "</table:table-cell><table:covered-table-cell/></table:table-row></table:table>",
    DRESSED,
)
PACKED = {
    "docx": tiny_sheets.docx(["单位：万元"], ROWS),
    "xlsx": tiny_sheets.xlsx(["单位：万元"], ROWS),
    "ods": ODS,
    "ofd": tiny_offices.ofd([[(10, 20, "投入500万元", ""), (10, 30, "惠及197户", "")]] * 2),
}
SHARED = "".join(f"投入{n}" for n in range(9)).encode("utf-16-le")
STRINGS = [  # one that is cut between two records
    (0xFC, struct.pack("<2IHB", 1, 1, len(SHARED) // 2, 1) + SHARED[:20]),
    (0x3C, b"\x01" + SHARED[20:]),
]
RECORDS = [  # of each kind that is read
    (0x208, struct.pack("<3H3HH", 1, 0, 2, 0, 0, 0, 0x20) + bytes(2)),
    (0x7D, struct.pack("<5H", 5, 6, 0, 0, 1)),
    (0x204, struct.pack("<3H", 0, 0, 0) + tiny_sheets.biff("比重")),
    (0xFD, struct.pack("<3HI", 0, 4, 0, 0)),
    (0xD6, struct.pack("<3H", 0, 5, 0) + tiny_sheets.biff("富") + struct.pack("<3H", 1, 0, 1)),
    (0x203, struct.pack("<3Hd", 0, 1, 2, 0.123)),
    (0x27E, struct.pack("<3Hi", 0, 2, 3, 45047 << 2 | 2)),
    (0xBD, struct.pack("<3HiHiH", 2, 0, 0, 7 << 2 | 2, 2, 50 << 2 | 3, 1)),
    (0x06, struct.pack("<3HdHIH", 2, 2, 0, 2.5, 0, 0, 0)),
    (0x06, struct.pack("<3HBBBBHHHIH", 2, 3, 0, 0, 0, 0, 0, 0, 0xFFFF, 0, 0, 0)),
    (0x207, tiny_sheets.biff("文")),
    (0x205, struct.pack("<3HBB", 2, 4, 0, 7, 1)),
    (0x1C, struct.pack("<4H", 2, 0, 0, 1)),
    (0xE5, struct.pack("<5H", 1, 0, 1, 0, 0)),
]
OLD = {
    "xls": tiny_sheets.xls(["单位：万元"], ROWS),
    "xls of records": tiny_sheets.xls_file(
        {"表": RECORDS, "藏": RECORDS[2:3]}, hidden=["藏"], shared=STRINGS
    ),
    "doc": tiny_offices.doc(["投入500万元，惠及197户。"], ROWS, [("197", b"\x3c\x08\x01")]),
}
PDF = {
    "text": tiny_files.pdf(TEXT[:300]),
    "table": tiny_files.placed_pdf(
        [[(50 + 90 * n, 700 - 20 * k, 12, cell if isinstance(cell, str) else "")
          for k, row in enumerate(ROWS) for n, cell in enumerate(row)]] * 3
    ),
}  # fmt: skip
WORDS = {
    "rtf": tiny_offices.rtf(["投入500万元"], ROWS),
    "mht": tiny_offices.mht(["单位"], ROWS),
    "html": tiny_sheets.html(["单位：万元"], ROWS),
    "a.csv": tiny_sheets.delimited(["单位"], ROWS),
    "a.md": tiny_sheets.markdown(["单位"], ROWS),
}
NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
TAG = re.compile(rb"<[^<>]{0,300}>|\\[a-z]+-?\d* ?|[{}]|\r?\n")
SIZES = [
    b"-1",
    b"0",
    b"",
    b"1",
    b"65536",
    b"2147483648",
    b"9" * 30,
    b"1e400",
    b"NaN",
    b"XFE9",
    b"A0",
]


def reworded(data, chance):
    """A text with numbers made strange, and its tags or words of control lost, doubled or moved."""
    for _ in range(chance.randint(1, 4)):
        pattern = chance.choice([NUMBER, NUMBER, TAG])
        found = list(pattern.finditer(data))
        if not found:
            continue
        here, there = chance.choice(found), chance.choice(found)
        instead = [here.group() * 2, b"", there.group(), chance.choice(SIZES)]
        data = data[: here.start()] + chance.choice(instead) + data[here.end() :]
    return data


def turned(data, chance):
    """Bytes of the same length, so that what stands behind stays in its place."""
    held = bytearray(data)
    filled = [at for at in range(8, len(held) - 8) if held[at] not in (0, 0xFF)]
    for _ in range(chance.randint(1, 8)):
        at = chance.choice(filled)
        held[at : at + 4] = chance.choice(
            [
                bytes([held[at] ^ (1 << chance.randrange(8))]) + bytes(held[at + 1 : at + 4]),
                bytes(4),
                b"\xff" * 4,
                held[at + 4 : at + 8],
                chance.randbytes(2) + bytes(held[at + 2 : at + 4]),
            ]
        )
    return bytes(held)


def repacked(data, chance):
    """A package whose parts are whole XML, or nearly, and say strange things."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(held, "w") as archive:
        for entry in packed.infolist():
            content = packed.read(entry)
            if chance.random() < 0.5:
                content = reworded(content, chance)
            archive.writestr(entry.filename, content)
    return held.getvalue()


def is_read_or_refused(data, name="a"):
    """The file is read, and what is said of its tables holds, or it is refused in a line."""
    with told(InputError):
        document = read(data, name=name)
        document.text.encode()
        parse(document)
        for grid in document.grids:
            for cell in grid.cells:
                assert 0 <= cell.span.start <= cell.span.end <= len(document.text)
                assert min(cell.place) >= 0


@pytest.mark.hypothesis  # its `given` is inside, where no plugin sees it
@pytest.mark.parametrize("kind", PACKED)
def test_a_package_that_says_strange_things_is_read_or_refused(kind):
    @tried()
    @given(SEEDS)
    def check(seed):
        is_read_or_refused(repacked(PACKED[kind], random.Random(seed)))

    check()


@pytest.mark.hypothesis
@pytest.mark.parametrize("kind", OLD)
def test_an_old_file_with_turned_bytes_is_read_or_refused(kind):
    @tried()
    @given(SEEDS)
    def check(seed):
        is_read_or_refused(turned(OLD[kind], random.Random(seed)))

    check()


@pytest.mark.hypothesis
@pytest.mark.parametrize("kind", WORDS)
def test_a_marked_up_text_that_says_strange_things_is_read_or_refused(kind):
    @tried()
    @given(SEEDS)
    def check(seed):
        is_read_or_refused(reworded(WORDS[kind], random.Random(seed)), kind)

    check()


def read_in_a_fork(data):
    """What the process for PDFs does with a file, its start left out: it is forked, not begun."""
    pid = os.fork()
    if not pid:
        code = 1
        try:
            with tempfile.TemporaryFile("w+b") as given, tempfile.TemporaryFile("w+b") as said:
                given.write(data)
                given.seek(0)
                sys.argv = ["", "", "2000", ""]
                sys.stdin, sys.stdout = io.TextIOWrapper(given), io.TextIOWrapper(said)
                child()
                said.seek(0)
                code = 0 if json.loads(said.read()) else 2
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@pytest.mark.hypothesis
@pytest.mark.parametrize("kind", PDF)
def test_a_broken_pdf_is_read_or_told_by_its_process(kind):
    """What is faulty in the program that draws PDFs ends that process, and nothing else."""

    @tried()
    @given(SEEDS)
    def check(seed):
        chance = random.Random(seed)
        how = chance.choice([turned, reworded, lambda data, _: broken(data, seed)])
        assert read_in_a_fork(how(PDF[kind], chance)) == 0

    check()
