"""Pages that are pictures, for made PDFs: drawn with Pillow and a font that the tests install."""

from importlib.util import find_spec
from pathlib import Path

import tiny_files

DOTS = 150 / 72  # to a point
WIDTH, HEIGHT = 595, 842  # of a page, in points


def font_file():
    """The font with Chinese characters of `make .venv/.done-font`; None without it."""
    found = find_spec("pylopdf_fonts_zh_cn")
    where = Path(found.origin).parent if found and found.origin else None
    return where and where / "NotoSansSC-Regular.otf"


def can_recognise():
    """Whether what recognises is installed, and what its pages are drawn with."""
    return bool(find_spec("rapidocr") and find_spec("onnxruntime") and font_file())


def drawn(texts, boxes=(), *, turned=0.0, quarters=0, across=()):
    """A page's content: texts as placed_pdf has them, and boxes (x, y, width, height), as a scan.

    It lies on the page so that so many quarter turns, clockwise, set it upright; texts and boxes
    are placed on what is upright then, and what is `across` on the page as it lies.
    """
    from PIL import Image, ImageDraw

    wide, high = (HEIGHT, WIDTH) if quarters % 2 else (WIDTH, HEIGHT)
    picture = Image.new("L", (round(wide * DOTS), round(high * DOTS)), 255)
    pen = ImageDraw.Draw(picture)
    write(pen, high, texts)
    for x, y, width, height in boxes:
        corners = (x, high - y - height, x + width, high - y)
        pen.rectangle([at * DOTS for at in corners], outline=0, width=2)
    picture = picture.rotate(turned, fillcolor=255, resample=Image.Resampling.BILINEAR)
    picture = picture.rotate(90 * quarters, expand=True)
    write(ImageDraw.Draw(picture), HEIGHT, across)
    dots = picture.point(lambda dot: 255 * (dot > 127)).convert("1")
    return picture_of(dots.width, dots.height, dots.tobytes())


def write(pen, high, texts):
    """Draw texts on a picture of a page that is so high."""
    from PIL import ImageFont

    for x, y, size, words in texts:
        font = ImageFont.truetype(font_file(), round(size * DOTS))
        pen.text((x * DOTS, (high - y) * DOTS), words, font=font, fill=0, anchor="ls")


def picture_of(width, height, bits):
    """A page's content that is one picture over all of it, of a bit a dot, 1 for white."""
    return (
        f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm BI /W {width} /H {height} /CS /G /BPC 1 /F /AHx ID "
        f"{bits.hex()}> EI Q"
    )


BLANK = picture_of(8, 8, bytes(8))
"""A picture without words, black all over."""


def pdf(*pages, rotated=0):
    """A PDF of pages that hold texts at places and contents as placed_pdf has them."""
    return tiny_files.placed_pdf(pages, rotated)
