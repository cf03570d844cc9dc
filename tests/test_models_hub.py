"""The hub's client against a hub on loopback, each in a process of its own."""

import json
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from test_models_weights import TINY, WHOLE

from summarizer.config import Settings
from summarizer.models import weights

pytestmark = pytest.mark.slow  # processes, servers and waits of seconds

CODE = """
import json, sys
sys.path.insert(0, {tests!r})
from test_models_weights import *
told = []
try:
    path = ensure(Settings(cache_dir={cache!r}), download=True, progress=lambda *step: told.append(step))
    print(json.dumps([str(path), told[0], told[-1]]))
except ModelUnavailable as error:
    print(json.dumps(str(error)))
"""


@dataclass
class Hub:
    """What the hub has, and what it was asked for. `breaks_at`: bytes after which it hangs up.

    `hangs_up`: how many questions get no answer at all.
    """

    content: bytes = WHOLE
    status: int = 200
    breaks_at: int | None = None
    hangs_up: int = 0
    ranges: list[str] = field(default_factory=list)


@pytest.fixture
def hub():
    told = Hub()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self):
            if told.hangs_up:
                told.hangs_up, self.close_connection = told.hangs_up - 1, True
                return
            self.answer(b"", told.content)

        def do_GET(self):
            start = int(self.headers.get("Range", "bytes=0-")[6:].split("-")[0])
            told.ranges.append(self.headers.get("Range", ""))
            self.answer(told.content[start : told.breaks_at], told.content[start:])
            if told.breaks_at is not None:
                told.breaks_at, self.close_connection = None, True

        def answer(self, data, full):
            wanted = f"/{TINY.repo}/resolve/{TINY.revision}/{TINY.file}"
            status = told.status if self.path == wanted else 404
            if status == 200 and self.headers.get("Range"):
                status = 206
            self.send_response(status)
            self.send_header("ETag", '"tiny"')
            self.send_header("X-Repo-Commit", TINY.revision)
            self.send_header("Content-Length", str(len(full) if status < 300 else 0))
            self.end_headers()
            if status < 300:
                self.wfile.write(data)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield told
    server.shutdown()
    server.server_close()


def pull(hub, tmp_path):
    code = CODE.format(tests=str(Path(__file__).parent), cache=str(tmp_path / "cache"))
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        env={"HF_ENDPOINT": hub.url, "HF_HUB_DISABLE_XET": "1", "HF_HOME": str(tmp_path / "hf")},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr


def test_the_pinned_revision_is_fetched_with_progress(hub, tmp_path):
    (path, first, last), stderr = pull(hub, tmp_path)
    assert Path(path).read_bytes() == WHOLE
    assert first == [0, TINY.size]
    assert last == [TINY.size, TINY.size]
    assert stderr == ""
    folder = weights.folder(Settings(cache_dir=str(tmp_path / "cache")))
    assert {p.name for p in folder.iterdir()} == {
        "tiny.gguf",
        "verified.json",
        ".tiny.gguf.lock",
    }


def test_a_download_that_broke_off_is_finished(hub, tmp_path):
    hub.breaks_at = 500_000
    (path, *_), _ = pull(hub, tmp_path)
    assert Path(path).read_bytes() == WHOLE
    assert len(hub.ranges) == 2


@pytest.mark.parametrize("hangs_up", [1, 9])
def test_a_hub_that_hangs_up_is_asked_again_and_then_told(hub, tmp_path, hangs_up):
    hub.hangs_up = hangs_up
    told, _ = pull(hub, tmp_path)
    if hangs_up == 1:
        assert Path(told[0]).read_bytes() == WHOLE
    else:
        assert "cannot be fetched from nobody/tiny (RemoteProtocolError)" in told


def test_wrong_content_is_refused_and_not_kept(hub, tmp_path):
    hub.content = WHOLE[:-1] + b"x"
    told, _ = pull(hub, tmp_path)
    assert "wrong checksum" in told
    hub.content = WHOLE
    (path, *_), _ = pull(hub, tmp_path)
    assert Path(path).read_bytes() == WHOLE


def test_a_hub_that_does_not_have_it_is_told_with_the_other_ways(hub, tmp_path):
    hub.status = 404
    told, _ = pull(hub, tmp_path)
    assert "cannot be fetched from nobody/tiny" in told
    assert "local:PATH.gguf" in told
