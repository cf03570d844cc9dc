"""What comes before the model takes steps in proportion to the text, whatever it repeats.

Work inside one call of C is not counted: `evals.bench.pieces` times it.
"""

import pytest
from counting import growth

from summarizer.config import Settings
from summarizer.config import settings as read_settings
from summarizer.engine.schema import load_schema
from summarizer.pipeline import prepare
from summarizer.types import Document

PIECES = (
    *("书记李", "村民张三", "青石镇", "张三、", "李明说：“", "王村果园"),
    *("一是。", "2020年", "2000-", "1\n", "投入5万元。", "合作社，"),
)


@pytest.mark.parametrize("size", ["small", "large"])
@pytest.mark.parametrize("piece", PIECES)
def test_steps_before_the_model_are_linear(piece, size):
    schema, chosen = load_schema("report"), read_settings(size=size)

    def work(length: int) -> None:
        text = piece * (length // len(piece))
        prepare(Document("0" * 16, "pieces", text), schema, chosen, lambda *_: None)

    assert growth(work, 1500, 6000) < 1.5


def test_the_surnames_of_many_full_names_are_looked_up():
    def work(length: int) -> None:
        given = (chr(0x4E00 + k) + chr(0x5B50 + k % 97) for k in range(length))
        text = "".join(f"村民李{name}，李书记说。\n" for name in given)
        schema = load_schema("report")
        prepare(Document("0" * 16, "names", text), schema, Settings(), lambda *_: None)

    assert growth(work, 150, 600) < 1.5
