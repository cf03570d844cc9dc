"""Where summaries come from: variants, cassettes, and what a replay says when one is missing."""

import json
import re

import pytest

from evals.answers import CASSETTES, Variant, Watched, prune
from evals.program import run
from summarizer.errors import ConfigError
from summarizer.models.answer import Answer
from summarizer.models.store import Cassette, Entry

SECRET = re.compile(
    r"bearer |api[_-]?key|authorization|sk-[a-z0-9]{8}|https?://(?!www\.)", re.IGNORECASE
)


def entry(key: str, content: str = "{}") -> Entry:
    return Entry(key, {"model": "m", "ask": "问"}, Answer(content, "m", 100, 10))


@pytest.mark.parametrize("model", ["../../etc/passwd", "a/b\\c:d", ".hidden", "模型", "x" * 300])
def test_a_cassette_stays_in_its_folder(model, tmp_path):
    path = Variant(model, cassettes=tmp_path).cassette
    assert path.resolve().parent == tmp_path.resolve()
    assert len(path.name) < 120
    assert not path.name.startswith(".")


def test_variants_that_differ_have_names_that_differ():
    names = {
        Variant().name,
        Variant("qwen3").name,
        Variant(strategy="verbatim").name,
        Variant(given={"chunk_chars": "200"}).name,
    }
    assert len(names) == 4


def test_a_setting_of_a_variant_is_checked():
    assert Variant(given={"chunk_chars": "200"}).settings.chunk_chars == 200
    with pytest.raises(ConfigError, match="no setting 'nosuch'"):
        _ = Variant(given={"nosuch": "1"}).settings
    with pytest.raises(ConfigError, match="chunk_chars"):
        _ = Variant(given={"chunk_chars": "many"}).settings


def test_answers_that_nothing_asks_for_are_dropped(tmp_path):
    path = tmp_path / "a.jsonl"
    cassette = Watched(Cassette(path))
    for key in "abc":
        cassette.put(entry(key))
    assert prune(path, {"a", "c"}) == 1
    assert [json.loads(line)["key"] for line in path.read_text().splitlines()] == ["a", "c"]
    assert prune(path, {"a", "c"}) == 0


def test_a_cassette_remembers_what_was_used(tmp_path):
    path = tmp_path / "a.jsonl"
    Cassette(path).put(entry("a"))
    watched = Watched(Cassette(path))
    assert watched.get("nosuch") is None
    assert watched.get("a") is not None
    assert set(watched.used) == {"a"}


def test_stored_answers_hold_no_secrets():
    for path in CASSETTES.glob("*"):
        found = SECRET.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{path.name}: {found}"


def test_a_missing_answer_is_named_with_how_to_record_it(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("投入500余万元,惠及197户。", encoding="utf-8")
    asked = ["run", "--suite", "replay", "--dataset", str(tmp_path / "a.txt")]
    assert run([*asked, "--cassettes", str(tmp_path / "none"), "--gate"]) == 3
    said = capsys.readouterr().err
    assert "holds no answer" in said
    assert "python -m evals record --model local --strategy anchored" in said
