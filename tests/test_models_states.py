"""What a model holds of sentences: a tiny model, llama.cpp's own reading of it."""

import json

import pytest
from test_models_heads import EXAMPLES, read_and_kept
from tiny_gguf import WIDTH, write_tiny_gguf

from summarizer.config import Settings
from summarizer.errors import AnswerRejected
from summarizer.models import heads, local, open_model
from summarizer.models.readouts import Piece, mean, tokens_at
from summarizer.models.states import READ

SENTENCES = ["全县新建公路12公里。", "下一步继续加油。"]
PROBE = {"sentences": {"acts": {"weights": [1.0] + [0.0] * (WIDTH - 1), "bias": 0.5}}}


@pytest.fixture
def plan(tmp_path):
    return local.Plan(write_tiny_gguf(tmp_path / "tiny.gguf"), 1, 4096, 1, None)


def told(server, pieces, probe=PROBE):
    raw = server.handle_pieces({"pieces": pieces, "probe": probe})
    return json.loads(raw["choices"][0]["message"]["content"]), raw["usage"]


def test_a_piece_is_weighed_by_the_mean_of_what_is_held_of_it(plan):
    server = local._load(plan, 1)
    read = server.states(SENTENCES)
    means = [mean(piece.own) for piece in read]
    assert {len(one) for one in means} == {WIDTH}
    said, usage = told(server, SENTENCES)
    assert said == {"sentences": {"acts": [pytest.approx(m[0] + 0.5, abs=0.001) for m in means]}}
    tokens = sum(len(piece.states) for piece in read)
    assert usage == {"prompt_tokens": tokens, "completion_tokens": 0}
    assert told(server, []) == ({"sentences": {"acts": []}}, usage | {"prompt_tokens": 0})


def test_every_character_is_some_tokens(plan):
    text = "𠮷野乡新建公路12公里——“好”。"
    [piece] = local._load(plan, 1).states([text])
    assert len(piece.at) == len(piece.states)
    assert {n for at in piece.at for n in at} == set(range(len(text) + 1))  # the end of its line


def test_a_piece_is_read_after_those_before_it(plan):
    server = local._load(plan, 1)
    first, second = (mean(one.own) for one in server.states(SENTENCES))
    [alone] = (mean(one.own) for one in server.states(SENTENCES[1:]))
    again, _ = (mean(one.own) for one in server.states([SENTENCES[0], "别的话。"]))
    assert alone != pytest.approx(second, abs=1e-4)
    assert again == pytest.approx(first, abs=1e-4)


def test_a_piece_longer_than_one_reading_comes_in_parts(plan):
    server = local._load(plan, 1)
    said, usage = told(server, ["长" * READ, "短。"])
    assert len(said["sentences"]["acts"]) == 2
    assert usage["prompt_tokens"] > READ


def test_names_are_told_with_their_kind_and_what_lists_make_of_them(plan):
    never = {"weights": [0.0] * WIDTH * 2, "bias": -9.0}
    seen = {"weights": [0.0] * WIDTH * 3}
    tagger = {"start": never, "inside": never, "end": never, "offer": 99.0, "least": 0.0}
    tagger |= {"kinds": {"person": seen | {"bias": 0.0}, "village": seen | {"bias": 1.0}}}
    tagger |= {"lists": {"exemplars": seen | {"bias": 2.5}}, "offered": [[[0, 2]], []]}
    said, _ = told(local._load(plan, 1), SENTENCES, PROBE | {"names": tagger})
    assert said["names"] == [
        [{"at": [0, 2], "kind": "village", "odds": 85.5, "lists": {"exemplars": 2.5}}],
        [],
    ]


def test_a_place_that_no_word_holds_is_no_name():
    mark = Piece("》", (range(2),), [[0.0] * WIDTH])
    assert tokens_at(mark, range(1)) is None


def test_a_request_comes_as_an_answer(plan):
    with open_model(f"local:{plan.path}", Settings(store="off", threads=1, context=2048)) as model:
        said = model.create(messages=[], pieces=SENTENCES, probe=PROBE)
        assert len(json.loads(said.choices[0].message.content)["sentences"]["acts"]) == 2
        assert model.ledger.usage().prompt_tokens > 0


def test_what_llama_cpp_refuses_is_refused(plan):
    tight = Settings(store="off", threads=1, context=256)
    with (
        open_model(f"local:{plan.path}", tight) as model,
        pytest.raises(AnswerRejected, match="/embedding"),
    ):
        model.create(messages=[], pieces=["长" * 400], probe=PROBE)


def test_a_probe_of_another_models_states_is_refused(plan):
    probe = {"sentences": {"acts": {"weights": [1.0], "bias": 0.0}}}
    with (
        open_model(f"local:{plan.path}", Settings(store="off", threads=1, context=2048)) as model,
        pytest.raises(AnswerRejected, match="a probe of 1 weights"),
    ):
        model.create(messages=[], pieces=SENTENCES, probe=probe)


def test_a_head_is_taken_from_its_file_after_a_reading(plan, tmp_path):
    kept = local.Plan(plan.path, 1, 4096, 1, heads.folder_for(tmp_path))
    server = local._load(kept, 1)
    for document in ("全县修建水渠3条。", "慰问困难户80户。"):
        read_and_kept(server, document, EXAMPLES)
    told(server, SENTENCES)
    anew, cached = read_and_kept(server, "全县修建水渠3条。", EXAMPLES)
    assert cached > 4 * anew
