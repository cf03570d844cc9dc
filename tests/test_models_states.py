"""What a model holds of sentences: a tiny model, llama.cpp's own reading of it."""

import json

import pytest
from test_models_heads import EXAMPLES, read_and_kept
from tiny_gguf import WIDTH, write_tiny_gguf

from summarizer.config import Settings
from summarizer.errors import AnswerRejected
from summarizer.models import heads, local, open_model
from summarizer.models.states import READ

SENTENCES = ["全县新建公路12公里。", "下一步继续加油。"]
PROBE = {"weights": [1.0] + [0.0] * (WIDTH - 1), "bias": 0.5}


@pytest.fixture
def plan(tmp_path):
    return local.Plan(write_tiny_gguf(tmp_path / "tiny.gguf"), 1, 4096, 1, None)


def weighed(server, pieces, probe=PROBE):
    raw = server.handle_pieces({"pieces": pieces, "probe": probe})
    return json.loads(raw["choices"][0]["message"]["content"]), raw["usage"]


def test_a_piece_is_weighed_by_the_mean_of_what_is_held_of_it(plan):
    server = local._load(plan, 1)
    states, tokens = server.states(SENTENCES)
    assert [len(one) for one in states] == [WIDTH, WIDTH]
    numbers, usage = weighed(server, SENTENCES)
    assert numbers == [pytest.approx(one[0] + 0.5, abs=0.001) for one in states]
    assert usage == {"prompt_tokens": tokens, "completion_tokens": 0}
    assert weighed(server, []) == ([], {"prompt_tokens": 0, "completion_tokens": 0})


def test_a_piece_is_read_after_those_before_it(plan):
    server = local._load(plan, 1)
    (first, second), _ = server.states(SENTENCES)
    (alone,), _ = server.states(SENTENCES[1:])
    (again, _), _ = server.states([SENTENCES[0], "别的话。"])
    assert alone != pytest.approx(second, abs=1e-4)
    assert again == pytest.approx(first, abs=1e-4)


def test_a_piece_longer_than_one_reading_comes_in_parts(plan):
    server = local._load(plan, 1)
    numbers, usage = weighed(server, ["长" * READ, "短。"])
    assert len(numbers) == 2
    assert usage["prompt_tokens"] > READ


def test_a_request_comes_as_an_answer(plan):
    with open_model(f"local:{plan.path}", Settings(store="off", threads=1, context=2048)) as model:
        said = model.create(messages=[], pieces=SENTENCES, probe=PROBE)
        assert len(json.loads(said.choices[0].message.content)) == 2
        assert model.ledger.usage().prompt_tokens > 0


def test_what_llama_cpp_refuses_is_refused(plan):
    tight = Settings(store="off", threads=1, context=256)
    with (
        open_model(f"local:{plan.path}", tight) as model,
        pytest.raises(AnswerRejected, match="/embedding"),
    ):
        model.create(messages=[], pieces=["长" * 400], probe=PROBE)


def test_a_head_is_taken_from_its_file_after_a_reading(plan, tmp_path):
    kept = local.Plan(plan.path, 1, 4096, 1, heads.folder_for(tmp_path))
    server = local._load(kept, 1)
    for document in ("全县修建水渠3条。", "慰问困难户80户。"):
        read_and_kept(server, document, EXAMPLES)
    weighed(server, SENTENCES)
    anew, cached = read_and_kept(server, "全县修建水渠3条。", EXAMPLES)
    assert cached > 4 * anew
