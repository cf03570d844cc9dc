"""DOCX: what a reader sees of superscripts, boxes, symbols, formulas; and how parts are found."""

import io
import zipfile

import pytest
import tiny_files

from summarizer.documents.read import read

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = f'xmlns:w="{tiny_files.WORD}" xmlns:m="{MATH}" xmlns:mc="mc" xmlns:v="v"'


def docx(body, **parts):
    document = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
    return tiny_files.packed({"word/document.xml": document, **parts})


def run(text, looks=""):
    return f"<w:r><w:rPr>{looks}</w:rPr><w:t>{text}</w:t></w:r>"


UP = '<w:vertAlign w:val="superscript"/>'
STYLED = '<w:rStyle w:val="note"/>'
DOWN = '<w:vertAlign w:val="subscript"/>'


def fraction(over, under):
    held = "".join(
        f"<m:{kind}><m:r><m:t>{t}</m:t></m:r></m:{kind}>"
        for kind, t in (("num", over), ("den", under))
    )
    return f"<m:oMath><m:f>{held}</m:f></m:oMath>"


def box(text):
    return f"<w:r><v:t><w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent></v:t></w:r>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<w:p>{run('惠及300')}{run('1', UP)}{run('户')}</w:p>", "惠及300[1]户\n"),
        (
            f"<w:p>{run('面积50m')}{run('2', UP)}{run('，CO')}{run('2', DOWN)}</w:p>",
            "面积50m2，CO2\n",
        ),
        (f"<w:p>{run('3×10')}{run('4', UP)}{run('亩')}</w:p>", "3×10⁴亩\n"),
        (f"<w:p>{run('300')}{run('2', STYLED)}</w:p>", "300[2]\n"),
        (f"<w:p>{run('占')}{fraction(3, 4)}{run('。')}</w:p>", "占3/4。\n"),
        (f"<w:p>{run('1')}{fraction('a+b', 4)}</w:p>", "1 (a+b)/4\n"),
        (
            f"<w:p>{run('甲')}{box('盒')}{run('乙')}</w:p><w:p>{run('丙')}</w:p>",
            "甲乙\n盒\n丙\n",
        ),
        (
            f"<w:p>{run('甲')}<mc:AlternateContent><mc:Choice>{box('盒')}</mc:Choice><mc:Fallback>{box('盒')}</mc:Fallback></mc:AlternateContent>{run('乙')}</w:p>",
            "甲乙\n盒\n",
        ),
        (
            f"<w:tbl><w:tr><w:tc><w:p>{run('户')}{box('盒')}</w:p></w:tc><w:tc><w:p>{run('9')}</w:p></w:tc></w:tr></w:tbl>",
            "户\t9\n盒\n",
        ),
        ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>', "☑\n"),
        (
            f'<w:p>{run("3")}<w:r><w:sym w:font="Symbol" w:char="F0B4"/></w:r>{run("4")}</w:p>',
            "3×4\n",
        ),
        (
            f"<w:p><w:r><w:ruby><w:rt>{run('yao')}</w:rt><w:rubyBase>{run('垚')}</w:rubyBase></w:ruby></w:r>{run('村')}</w:p>",
            "垚村\n",
        ),
        (
            f"<w:p><w:moveFrom>{run('投入9万元')}</w:moveFrom>{run('甲')}</w:p><w:p><w:moveTo>{run('投入9万元')}</w:moveTo></w:p>",
            "甲\n投入9万元\n",
        ),
    ],
)
def test_a_reader_of_a_docx_sees(body, text):
    style = f'<w:style w:styleId="note"><w:rPr>{UP}</w:rPr></w:style>'
    styles = f'<w:styles xmlns:w="{tiny_files.WORD}">{style}</w:styles>'
    assert read(docx(body, **{"word/styles.xml": styles}), name="a.docx").text == text


def test_an_unknown_symbol_is_counted():
    document = read(
        docx(f'<w:p>{run("甲")}<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r></w:p>')
    )
    assert (document.text, document.left_out) == ("甲\n", {"symbols": 1})


def test_tables_one_behind_the_other_are_two():
    table = f"<w:tbl><w:tr><w:tc><w:p>{run('户')}</w:p></w:tc></w:tr></w:tbl>"
    assert len(read(docx(f"{table}<w:p/>" * 5)).grids) == 5


def test_the_main_part_is_found_by_its_relation():
    body = f"<w:document {SPACES}><w:body><w:p>{run('投入500万元')}</w:p></w:body></w:document>"
    relation = f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="Word\\text.xml"/>'
    parts = {
        "_rels\\.rels": f"<Relationships>{relation}</Relationships>",
        "Word\\text.xml": body,
        "word/document.xml": body.replace("500", "999"),
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in parts.items():
            archive.writestr(name, content)
    assert read(data.getvalue(), name="a.docx").text == "投入500万元\n"
