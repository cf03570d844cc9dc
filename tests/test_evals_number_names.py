"""Fitting what names numbers: what labels are, and what comes of states that can be told apart."""

import json
import random

import pytest

from evals import number_names, program
from evals.probe import read_marked
from summarizer.engine.probe import NAMER, load_namer
from summarizer.errors import InputError
from summarizer.models.number_names import Net
from summarizer.models.readouts import Piece
from summarizer.resources import resource

MARKED = resource("evals", "marked")
LABELS = sorted((MARKED / "numbers").glob("*.tsv"))


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.stem)
def test_every_label_is_of_a_number_of_its_document(path):
    text = "\n".join(read_marked(MARKED / f"{path.stem}.txt").sentences)
    labels = number_names.read_labels(path)
    assert len(labels) > 10
    for one in labels:
        assert text[one.start : one.start + len(one.text)] == one.text
        assert one.label
        assert len(one.label) < 20


@pytest.mark.parametrize("line", ["一\t3公里\t公路\t", "3\t3公里\t\t", "3\t3公里\t公路"])
def test_a_line_that_is_none_is_told_with_its_number(tmp_path, line):
    path = tmp_path / "one.tsv"
    path.write_text(f"3\t3公里\t公路\t\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"one\.tsv:2"):
        number_names.read_labels(path)


def read(sentence, named, dice):
    """A sentence as a model might hold it: one axis is high at the words that name its number."""
    at = (*(range(n, n + 1) for n in range(len(sentence))), range(len(sentence), len(sentence)))
    start = sentence.index(named)
    own = range(start, start + len(named))
    states = [[6.0 * (n in own), *(dice.gauss(0, 1) for _ in range(79))] for n in range(len(at))]
    return Piece(sentence, at, states)


def test_what_can_be_told_apart_is_and_stays_so_in_its_file():
    pytest.importorskip("numpy")
    dice = random.Random(1)
    deeds = ["硬化村道", "铺设管网", "改造梯田", "整修山塘", "栽种茶树", "清理沟渠", "新建水窖"]
    learned = []
    for _ in range(1000):
        before, named = dice.sample(deeds, 2)
        sentence = f"{before}之后干部群众{named}3公里。"
        document = number_names.as_document("x", [sentence])
        label = number_names.Label(sentence.index("3"), "3公里", named, "")
        pieces = [read(document.sentences[0].text, named, dice)]
        learned.append((pieces, [*number_names.examples(document, [label], pieces)]))
    net = number_names.fit(learned[:970])
    count, ours, drafts = number_names.worth(learned[970:], net)
    assert count == 30
    assert ours > max(0.9, drafts)


def test_the_net_that_ships_is_one():
    namer = load_namer(NAMER)
    net = Net.read(namer.net)
    assert len(net.axes) == number_names.WIDTH
    assert len(net.bias) == number_names.HIDDEN == len(net.out) - 1
    assert "labels" in json.loads(NAMER.read_text(encoding="utf-8"))["about"]


def test_documents_without_labels_are_refused(tmp_path, capsys):
    (tmp_path / "one.txt").write_text("他\t标题\n", encoding="utf-8")
    assert program.run(["numbers", str(tmp_path)]) == 2
    assert "numbers/NAME.tsv" in capsys.readouterr().err
