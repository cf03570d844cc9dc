"""Pages of a PDF that are pictures: which they are, and their characters by recognition.

RapidOCR (extra `ocr`) recognises; its models lie in its package, nothing is fetched. It is loaded
when the first such page comes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any, NamedTuple

from summarizer.documents.read.pdf_layout import Char

FEW = 50  # characters of a text layer below which a page with a picture is one
LARGE = 0.3  # of a page that its pictures cover
SHAPES = 100  # drawn shapes of a page without a character: its letters may be among them
DOTS = 200 / 72  # of a picture to a point of the page: 200 to the inch
MOST_DOTS = 8_000_000  # of a page: larger ones are drawn smaller
UNSURE = 0.5  # probability below which a character, or a whole line, is not taken
MARGIN = 0.2  # of a recognised line's height, above and below its letters
SURE = 0.85  # mean probability of a page's lines with which no other side of it is tried
TURNS = (2, 1, 3)  # quarters, clockwise, by which a page is turned until its lines are sure
THREADS = 2
UNKNOWN = "\ufffd"
_NETWORK = frozenset(
    ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
)

Box = tuple[float, float, float, float]


class Recognised(NamedTuple):
    """The characters of a page, and how many were too unclear to be taken with their line.

    Their boxes are those of the page set upright by so many quarter turns, clockwise.
    """

    chars: list[Char]
    unclear: int
    quarters: int


class Seen(NamedTuple):
    """What is recognised in a picture: characters, and how many with those of unclear lines.

    `weight` are the probabilities of all of them, 0 where most lines lie on their side.
    """

    chars: list[Char]
    size: int
    weight: float

    @property
    def is_sure(self) -> bool:
        """Whether it is seen from the right side."""
        return self.weight >= SURE * self.size > 0


class Recogniser:
    """RapidOCR, made once for all pages of a file. Raises ImportError where it is missing."""

    def __init__(self) -> None:
        sys.addaudithook(_offline)
        from rapidocr import RapidOCR

        options = "EngineConfig.onnxruntime."
        self._engine = RapidOCR(
            params={
                "Global.text_score": 0.0,  # what is unclear is counted here, not dropped there
                "Global.use_cls": False,  # a line that it turns round has its words the wrong way
                "Global.log_level": "critical",
                f"{options}intra_op_num_threads": THREADS,
                f"{options}inter_op_num_threads": 1,
            }
        )

    def read(self, page: Any) -> Recognised:
        """The characters of a page as it is drawn, with their boxes in its points.

        A scan that lies on its side or upside down is read as its lines are surest.
        """
        width, height = page.get_size()
        scale = min(DOTS, (MOST_DOTS / (width * height)) ** 0.5)
        drawn = page.render(scale=scale).to_numpy()
        best = self._seen(drawn, scale)
        turned = 0
        for quarters in TURNS:
            if best.is_sure or not best.size:
                break
            other = self._seen(_turned(drawn, quarters), scale)
            if other.weight > best.weight:
                best, turned = other, quarters
        whole = (page.get_rotation() // 90 + turned) % 4
        left, bottom, *_ = (0.0, 0.0) if whole else page.get_cropbox()
        chars = [char.moved(left, bottom) for char in best.chars] if best.weight else []
        return Recognised(chars, best.size - len(chars), whole)

    def _seen(self, drawn: Any, scale: float) -> Seen:
        """What is recognised in a picture."""
        found = self._engine(drawn, return_word_box=True)
        height = drawn.shape[0] / scale
        chars: list[Char] = []
        count = lines = upright = 0
        sure = 0.0
        for words, score in zip(found.word_results or (), found.scores or (), strict=False):
            size = sum(len(text) for text, *_ in words)
            count, sure = count + size, sure + score * size
            boxes = [_on_page(corners, scale, height) for *_, corners in words]
            lines, upright = lines + 1, upright + _is_upright(boxes)
            if score < UNSURE:
                continue
            low, high = (median(box[at] for box in boxes) for at in (1, 3))
            edge = MARGIN * (high - low)  # the lines above and below reach into it
            for (text, known, _), (start, _, end, _) in zip(words, boxes, strict=True):
                box = start, low + edge, end, high - edge
                chars += _apart(text if known >= UNSURE else UNKNOWN * len(text), box)
        return Seen(chars, count, sure if 2 * upright >= lines else 0.0)


def _turned(drawn: Any, quarters: int) -> Any:
    """A picture after so many quarter turns, clockwise."""
    for _ in range(quarters):
        drawn = drawn.swapaxes(0, 1)[:, ::-1]
    return drawn.copy() if quarters else drawn


def _is_upright(boxes: Sequence[Box]) -> bool:
    """Whether the words of a line stand beside each other and not above each other."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return bool(max(rights) - min(lefts) >= max(tops) - min(bottoms))


def is_picture(page: Any, chars: Sequence[Char]) -> bool:
    """Whether what a page says stands in its pictures or shapes: it has hardly any characters."""
    from pypdfium2 import raw

    count = sum(bool(char.text.strip()) for char in chars)
    if count >= FEW:
        return False
    width, height = page.get_size()
    covered = 0.0
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = picture.get_bounds()
        covered += min(abs(right - left), width) * min(abs(top - bottom), height)
    if covered >= LARGE * width * height:
        return True
    shapes = sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]))
    return not count and shapes >= SHAPES


def beside(recognised: Sequence[Char], own: Sequence[Char]) -> list[Char]:
    """The characters recognised but for those that stand over a page's own.

    >>> own = [Char("甲", 0, 0, 10, 10)]
    >>> [c.text for c in beside([Char("申", 1, 0, 11, 10), Char("村", 12, 0, 22, 10)], own)]
    ['村']
    """
    written = [char for char in own if char.text.strip()]
    return [
        char
        for char in recognised
        if not any(
            one.left <= (char.left + char.right) / 2 < one.right
            and one.bottom <= (char.bottom + char.top) / 2 < one.top
            for one in written
        )
    ]


def _on_page(corners: Sequence[Sequence[float]], scale: float, height: float) -> Box:
    """The box around four corners that count the dots of a picture from its upper left."""
    across, down = zip(*((x / scale, y / scale) for x, y in corners), strict=True)
    return min(across), height - max(down), max(across), height - min(down)


def _apart(text: str, box: Box) -> Iterator[Char]:
    """The characters of a word, which share its box.

    >>> [(c.text, c.left, c.right) for c in _apart("12", (0, 0, 10, 9))]
    [('1', 0.0, 5.0), ('2', 5.0, 10.0)]
    """
    left, bottom, right, top = box
    wide = (right - left) / max(1, len(text))
    for number, char in enumerate(text):
        start = left + number * wide
        yield Char(char, start, bottom, start + wide, top, once=True)


def _offline(event: str, _: tuple[Any, ...]) -> None:
    """Refuse connections: a library whose models are broken would fetch them."""
    if event in _NETWORK:
        raise OSError(f"recognition opens no connection, and {event} was asked")
