"""Small files of old and Chinese office programs, for tests."""

import struct
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import tiny_files
import tiny_sheets

_TEXT = 2048  # where a DOC's text begins


def doc(above, rows, looks=()):
    """A DOC of paragraphs and a table; `looks` are words with the properties they have.

    Each text and mark is a run of its own, so that any of them may have properties.
    """
    width = 1000
    runs = [(line + "\r", b"", b"") for line in above]
    for cells in rows:
        told = []
        left = 0
        for at, text in enumerate(cells):
            if text is None:
                continue
            wide = 1 + next(
                (n for n, cell in enumerate(cells[at + 1 :]) if cell is not None),
                len(cells) - at - 1,
            )
            words = "" if text is True else text
            runs.append((words + "\x07", struct.pack("<HB", 0x2416, 1), b""))
            told.append((left, 0x20 if text is True else 0x60))
            left += width * wide
        edges = [*(one for one, _ in told), left]
        held = struct.pack(f"<B{len(edges)}h", len(told), *edges)
        held += b"".join(struct.pack("<H18x", flags) for _, flags in told)
        row = struct.pack("<HBHH", 0x2417, 1, 0xD608, len(held) + 1) + held
        runs.append(("\x07", row, b""))
    runs += [("\r", b"", b"")] if rows else []
    runs = [*_split(runs, looks)]
    text = "".join(words for words, _, _ in runs)
    ends = []
    for words, _, _ in runs:
        ends.append((ends[-1] if ends else _TEXT) + 2 * len(words))
    paragraphs = _pages(runs, ends, 1)
    characters = _pages(runs, ends, 2)
    body = text.encode("utf-16-le")
    main = body + bytes(-len(body) % 512)
    first = (_TEXT + len(main)) // 512
    pieces = struct.pack("<BI2I", 2, 16, 0, len(text)) + struct.pack("<HIH", 0, _TEXT, 0)
    tables = {0x102: _places(paragraphs, first), 0x1A2: pieces}
    tables[0xFA] = _places(characters, first + len(paragraphs))
    head = bytearray(_TEXT)
    struct.pack_into("<HH", head, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", head, 10, 0x200)
    struct.pack_into("<I", head, 0x4C, len(text))
    table = b""
    for place, data in tables.items():
        struct.pack_into("<II", head, place, len(table), len(data))
        table += data
    pages = b"".join(page for _, page in [*paragraphs, *characters])
    return tiny_sheets.ole({"WordDocument": bytes(head) + main + pages, "1Table": table})


def _split(runs, looks):
    for words, row, _ in runs:
        found = [(word, told) for word, told in looks if word in words]
        rest = words
        for word, told in found:
            before, _, rest = rest.partition(word)
            yield from ([(before, row, b"")] if before else [])
            yield word, row, told
        yield rest, row, b""


def _pages(runs, ends, of):
    """Pages of 512 bytes, a run each: where it begins and ends, and its properties."""
    found, start = [], _TEXT
    for (_, *told), end in zip(runs, ends, strict=True):
        data = told[of - 1]
        if of == 1:
            held = struct.pack("<H", 0) + data
            held += bytes(len(held) % 2)
            held = struct.pack("<BB", 0, len(held) // 2) + held
        else:
            held = struct.pack("<B", len(data)) + data
        page = struct.pack("<II", start, end) + bytes([20 if data else 0])
        page = page.ljust(40, b"\0") + held
        found.append((start, page.ljust(511, b"\0") + b"\x01"))
        start = end
    return found


def _places(pages, first):
    starts = [start for start, _ in pages]
    numbers = range(first, first + len(pages))
    return struct.pack(f"<{2 * len(pages) + 1}I", *starts, 1 << 24, *numbers)


def rtf(above, rows):
    def said(text):
        return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text)

    lines = [f"\\pard {said(line)}\\par" for line in above]
    for cells in rows:
        row, held = "\\trowd", ""
        for at, text in enumerate(cells):
            if text is not None:
                wide = 1 + next(
                    (n for n, cell in enumerate(cells[at + 1 :]) if cell is not None),
                    len(cells) - at - 1,
                )
                merged = "\\clvmrg" if text is True else "\\clvmgf"
                row += f"{merged}\\cellx{1000 * (at + wide)}"
                held += f"\\pard\\intbl {'' if text is True else said(text)}\\cell"
        lines.append(f"{row}{held}\\row")
    return ("{\\rtf1\\ansi\\ansicpg936\n" + "\n".join(lines) + "\\pard\\par}").encode()


def mht(above, rows):
    mail = MIMEMultipart("related")
    page = tiny_sheets.html(above, rows).decode()
    mail.attach(MIMEText(page, "html", "gb18030"))
    mail.attach(MIMEImage(b"\x89PNG", "png"))
    return mail.as_bytes()


def ofd(pages):
    """An OFD; a page is texts with their places, or names of objects that are no text."""
    parts = {
        "OFD.xml": '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": '<a:Document xmlns:a="http://www.ofdspec.org/2016"><a:Pages>'
        + "".join(f'<a:Page ID="{n}" BaseLoc="Pages/P_{n}.xml"/>' for n in range(len(pages)))
        + "</a:Pages></a:Document>",
    }
    for number, texts in enumerate(pages):
        objects = "".join(
            f'<a:TextObject Boundary="{x} {y} 100 5" Size="4" {more}>'
            f'<a:TextCode X="0" Y="4">{text}</a:TextCode></a:TextObject>'
            for x, y, text, more in texts
        )
        parts[f"Doc_0\\Pages\\P_{number}.xml"] = (
            f'<a:Page xmlns:a="http://www.ofdspec.org/2016"><a:Content><a:Layer>{objects}'
            "<a:ImageObject/></a:Layer></a:Content></a:Page>"
        )
    return tiny_files.packed(parts)
