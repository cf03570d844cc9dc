"""Heads of requests are kept in files and taken back; a tiny model, real files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_gguf import write_tiny_gguf

from summarizer.config import Settings
from summarizer.models import heads, local

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
    done = subprocess.run(
        [sys.executable, "-c", DAMAGED, str(plan.path), str(plan.heads)],
        capture_output=True, check=True, text=True, cwd=Path(__file__).parent,
    )  # fmt: skip
    anew, kept = map(int, done.stdout.split())
    assert anew > kept
    assert states(plan) == []


def test_without_a_folder_all_heads_are_read(gguf, tmp_path):
    (tmp_path / "heads").write_text("a file", encoding="utf-8")
    assert heads.folder_for(tmp_path) is None
    planned = local.Local(gguf, Settings(store="off", cache_dir=str(tmp_path)))._planned()
    assert planned.heads is None


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
