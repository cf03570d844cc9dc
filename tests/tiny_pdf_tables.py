"""A table as a page of a PDF, for tests: by where its cells stand, with nothing drawn."""

import tiny_files
import tiny_sheets

LEFT, TOP, LEADING, SIZE, GAP = 40, 780, 22, 10, 16


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
            yield x, y, SIZE, text


def pdf(above, rows):
    lines = [(LEFT, TOP - LEADING * n, SIZE, line) for n, line in enumerate(above)]
    return tiny_files.placed_pdf([[*lines, *placed(rows, TOP - LEADING * len(above))]])
