"""The lines that are drawn on a page of a PDF, as pypdfium2 gives them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from summarizer.documents.read.pdf_rulings import MOST, NEAR, Segment
from summarizer.documents.read.pdf_turns import Turn

Point = tuple[float, float]


def drawn_lines(page: Any, turn: Turn) -> tuple[list[Segment], list[Segment]]:
    """The horizontal and the vertical lines of a page as it is read."""
    from pypdfium2 import raw

    across: list[Segment] = []
    down: list[Segment] = []
    for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        for start, end in _sides(path.raw):
            (x, y), (right, top) = turn.point(*start), turn.point(*end)
            if abs(y - top) <= NEAR < abs(x - right):
                across.append(Segment((y + top) / 2, min(x, right), max(x, right)))
            elif abs(x - right) <= NEAR < abs(y - top):
                down.append(Segment((x + right) / 2, min(y, top), max(y, top)))
        if len(across) + len(down) > MOST:
            break
    return across, down


def _sides(path: Any) -> Iterator[tuple[Point, Point]]:
    """The straight sides of a path, where the page has them."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    for number in range(min(MOST, raw.FPDFPath_CountSegments(path))):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        at = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if kind == raw.FPDF_SEGMENT_MOVETO:
            yield from pairwise(points)
            points = []
        if kind in (raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_LINETO):
            points.append(at)
        if raw.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    yield from pairwise(points)
