"""Heads of requests are kept in files and taken back; a tiny model, real files."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from pydantic import BaseModel, field_validator
from tiny_gguf import CHAT, write_tiny_gguf

from summarizer.config import Settings
from summarizer.engine.ask import StructuredCaller
from summarizer.errors import AnswerRejected, AnswerTruncated
from summarizer.models import heads, local, open_model
from summarizer.policy import POLICIES

EXAMPLES = [
    {"role": "system", "content": "写一句话,说清楚做了什么。" * 20},
    {"role": "user", "content": "全县新建公路12公里。"},
    {"role": "assistant", "content": "新建公路"},
]


@pytest.fixture
def gguf(tmp_path):
    return write_tiny_gguf(tmp_path / "tiny.gguf")


@pytest.fixture
def plan(gguf, tmp_path):
    return local.Plan(gguf, 1, 2048, 1, heads.folder_for(tmp_path))


def read_and_kept(server, document, examples=EXAMPLES):
    """Tokens of a request that were read anew, and those that were there."""
    messages = [*examples, {"role": "user", "content": document}]
    with heads.head_of(len(examples)):
        raw = server.handle_chat_completions({"messages": messages, "max_tokens": 2})
    return raw["timings"]["prompt_n"], raw["timings"]["cache_n"]


def states(plan):
    return sorted(plan.heads.glob("*.state"))


def test_a_head_that_is_met_again_is_not_read_by_the_next_engine(plan):
    server = local._load(plan, 1)
    whole, _ = read_and_kept(server, "全县修建水渠3条。")
    assert states(plan) == []
    read_and_kept(server, "慰问困难户80户。")
    assert len(states(plan)) == 1
    anew, kept = read_and_kept(local._load(plan, 1), "全县修建水渠3条。")
    assert kept > 0.8 * whole
    assert anew + kept == whole


def test_what_is_kept_is_the_head_alone(plan, tmp_path):
    sizes = set()
    for name, documents in (("a", ("甲" * 9, "乙" * 9)), ("b", ("丙" * 99, "丁" * 99))):
        other = local.Plan(plan.path, 1, 2048, 1, heads.folder_for(tmp_path / name))
        server = local._load(other, 1)
        for document in documents:
            read_and_kept(server, document)
        (state,) = states(other)
        sizes.add((state.name.split(".")[0], state.stat().st_size))
    assert len(sizes) == 1


class Refused(BaseModel):
    """No answer is good enough."""

    said: str

    @field_validator("said")
    @classmethod
    def _never(cls, said: str) -> str:
        raise ValueError("这句不行")


def test_a_question_asked_again_has_the_head_of_the_first(gguf, tmp_path):
    settings = Settings(store="off", context=2048, threads=1, cache_dir=str(tmp_path))
    with open_model(f"local:{gguf}", settings) as model:
        asker = StructuredCaller(model, POLICIES["small"], reasks=2)
        for _ in range(2):
            with suppress(AnswerRejected, AnswerTruncated):
                question = [*EXAMPLES, {"role": "user", "content": "修路。"}]
                asker.ask(question, Refused, max_tokens=400, about="a template")
        assert model.ledger.usage().requests > 2
    assert len(list((tmp_path / "heads").iterdir())) == 1


def test_two_heads_take_turns(plan):
    other = [{"role": "system", "content": "回答是或者否。" * 40}, *EXAMPLES[1:]]
    server = local._load(plan, 1)
    for _ in range(2):
        for examples in (EXAMPLES, other):
            read_and_kept(server, "修路。", examples)
    assert len(states(plan)) == 2
    for examples in (EXAMPLES, other, EXAMPLES):
        _, kept = read_and_kept(server, "架桥。", examples)
        assert kept > 100


FULL = """
import resource, sys
from pathlib import Path
from summarizer.models import local
from test_models_heads import read_and_kept
plan = local.Plan(Path(sys.argv[1]), 1, 2048, 1, Path(sys.argv[2]))
server = local._load(plan, 1)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
for _ in range(3):
    print(*read_and_kept(server, "修路。"))
"""


@pytest.mark.parametrize("short", [1, 8, 4000])
def test_a_file_that_a_full_disk_cut_is_not_kept(plan, short):
    server = local._load(plan, 1)
    for _ in range(2):
        read_and_kept(server, "修路。")
    (state,) = states(plan)
    size = state.stat().st_size
    state.unlink()
    run_apart(FULL, plan, size - short)
    assert states(plan) == []


def run_apart(code, plan, *more):
    command = [sys.executable, "-c", code, str(plan.path), str(plan.heads), *map(str, more)]
    here = Path(__file__).parent
    return subprocess.run(command, capture_output=True, check=True, text=True, cwd=here).stdout


DAMAGED = """
import sys
from pathlib import Path
from summarizer.models import local
from test_models_heads import read_and_kept
plan = local.Plan(Path(sys.argv[1]), 1, 2048, 1, Path(sys.argv[2]))
print(*read_and_kept(local._load(plan, 1), "全县修建水渠3条。"))
"""


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def changed(content: bytes) -> bytes:
    return content[:-100] + bytes(100)


def test_a_folder_that_takes_no_more_costs_no_answer(plan):
    server = local._load(plan, 1)
    whole, _ = read_and_kept(server, "修路。")
    for file in plan.heads.iterdir():
        file.unlink()
    plan.heads.rmdir()  # a full or a vanished disk: nothing can be written any more
    for document in ("架桥。", "修渠。"):
        assert sum(read_and_kept(server, document)) == whole


@pytest.mark.parametrize("damage", [cut, changed, lambda _: b""])
def test_a_damaged_file_goes_and_the_head_is_read(plan, damage):
    server = local._load(plan, 1)
    for _ in range(2):
        read_and_kept(server, "全县修建水渠3条。")
    del server
    (state,) = states(plan)
    state.write_bytes(damage(state.read_bytes()))
    anew, kept = map(int, run_apart(DAMAGED, plan).split())
    assert anew > kept
    assert states(plan) == []


def test_without_a_folder_all_heads_are_read(gguf, tmp_path):
    (tmp_path / "heads").write_text("a file", encoding="utf-8")
    assert heads.folder_for(tmp_path) is None
    planned = local.Local(gguf, Settings(store="off", cache_dir=str(tmp_path)))._planned()
    assert planned.heads is None


def test_a_head_that_cannot_be_read_alone_costs_no_answer(plan):
    long = [{"role": "system", "content": "说清楚。" * 600}]
    server = local._load(plan, 1)
    for _ in range(3):
        with heads.head_of(1):
            raw = server.handle_chat_completions(
                {"messages": [*long, {"role": "user", "content": "修路。"}], "max_tokens": 2}
            )
        assert raw["error"]["type"] == "exceed_context_size_error"  # as without heads
    assert states(plan) == []
    assert read_and_kept(server, "修路。")


WANTS_A_USER = (
    "{% if not messages | selectattr('role', 'equalto', 'user') | list %}"
    "{{ raise_exception('No user query found in messages.') }}{% endif %}"
)


def test_a_template_that_wants_words_of_a_user_gets_its_requests(tmp_path):
    gguf = write_tiny_gguf(tmp_path / "tiny.gguf", chat=WANTS_A_USER + CHAT)
    plan = local.Plan(gguf, 1, 2048, 1, heads.folder_for(tmp_path))
    server = local._load(plan, 1)
    for _ in range(3):
        assert read_and_kept(server, "修路。", EXAMPLES[:1])
    assert states(plan) == []


def test_several_requests_at_once_keep_no_heads(gguf, tmp_path):
    settings = Settings(store="off", cache_dir=str(tmp_path), parallel=2)
    assert local.Local(gguf, settings)._planned().heads is None


def test_what_was_unused_for_longest_makes_room(tmp_path, monkeypatch):
    monkeypatch.setattr(heads, "KEPT_MIB", 2)
    for number in range(4):
        file = tmp_path / f"{number}.x.state"
        file.write_bytes(bytes(1 << 20))
        os.utime(file, (number, number))
    heads._make_room(tmp_path)
    assert sorted(file.name for file in tmp_path.glob("*.state")) == ["2.x.state", "3.x.state"]
