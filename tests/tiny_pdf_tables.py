"""A table as a page of a PDF, for tests: by where its cells stand, or with lines around them."""

import tiny_files
import tiny_sheets

LEFT, TOP, LEADING, SIZE, GAP = 40, 780, 22, 10, 16
WIDEST = 8  # characters of a line in a cell between lines


def width(text):
    """How wide a text is drawn: every character of the tests' font is as wide as it is high."""
    return SIZE * len(text)


def edges(rows):
    """Where each column of a table begins, and where the last one ends."""
    cells = list(tiny_sheets.spanned(rows))
    found = [LEFT]
    for column in range(len(rows[0])):
        wide = [width(text) for _, at, text, _, span in cells if at == column and span == 1]
        found.append(found[-1] + max(wide, default=SIZE) + GAP)
    return found


def placed(rows, top=TOP):
    """The cells of a table as texts at places; what is merged stands in the middle of it."""
    lefts = edges(rows)
    for row, column, text, tall, wide in tiny_sheets.spanned(rows):
        room = lefts[column + wide] - lefts[column] - GAP
        x = lefts[column] + (room - width(text)) / 2 if wide > 1 else lefts[column]
        y = top - LEADING * (row + (tall - 1) / 2)
        if text:
            yield x, y, SIZE, _shown(text)


def _shown(text):
    """A text as it is drawn: with one character alone the tests' font, in no file, has no width."""
    return text if len(text) > 1 else f"{text} "


def pdf(above, rows):
    lines = [(LEFT, TOP - LEADING * n, SIZE, line) for n, line in enumerate(above)]
    return tiny_files.placed_pdf([[*lines, *placed(rows, TOP - LEADING * len(above))]])


def ruled(rows, top=TOP):
    """The cells of a table with lines around them, wrapped where they are long, and its foot."""
    lefts, tops = [LEFT], [top]
    for column in range(len(rows[0])):
        wide = [
            len(text)
            for _, at, text, _, span in tiny_sheets.spanned(rows)
            if at == column and span == 1
        ]
        lefts.append(lefts[-1] + SIZE * min(WIDEST, max(wide, default=1)) + 8)
    for row in range(len(rows)):
        deep = [
            len(text)
            for at, _, text, tall, _ in tiny_sheets.spanned(rows)
            if at == row and tall == 1
        ]
        tops.append(tops[-1] - 12 * -(-max(deep, default=1) // WIDEST) - 6)
    placed = []
    for row, column, text, tall, wide in tiny_sheets.spanned(rows):
        left, right = lefts[column], lefts[column + wide]
        placed.append(
            f"{left} {tops[row + tall]} {right - left} {tops[row] - tops[row + tall]} re S"
        )
        most = int((right - left - 8) // SIZE)
        for number, start in enumerate(range(0, len(text), most)):
            placed.append(
                (left + 4, tops[row] - 12 * (number + 1), SIZE, _shown(text[start : start + most]))
            )
    return placed, tops[-1]


def ruled_pdf(above, rows):
    lines = [(LEFT, TOP - LEADING * n, SIZE, line) for n, line in enumerate(above)]
    return tiny_files.placed_pdf([[*lines, *ruled(rows, TOP - LEADING * len(above))[0]]])
