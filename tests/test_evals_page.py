"""The page in a real browser: text in place, no console error, no request, works by keyboard.

Chromium is spoken to over a pipe in its own protocol; without it the tests are skipped.
"""

import base64
import contextlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evals.program import run

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason=f"none of {', '.join(NAMES)} is installed"),
]


class Browser:
    """One tab of a headless Chromium."""

    def __init__(self, read: int, write: int) -> None:
        self._read, self._write = read, write
        self._buffer, self._id, self._session = b"", 0, ""
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._id += 1
        message = {"id": self._id, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._id:
                assert "error" not in answer, answer
                return dict(answer["result"])
            self.events.append(answer)

    def open(self, url: str) -> None:
        self.call("Page.navigate", url=url)
        while not any(e.get("method") == "Page.loadEventFired" for e in self.events):
            self.events.append(self._receive())

    def value(self, expression: str) -> Any:
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return found["result"].get("value")

    def press(self, key: str) -> None:
        code = {"Tab": 9, "Enter": 13}[key]
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **text
            )  # fmt: skip

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            chunk = os.read(self._read, 1 << 20)
            assert chunk, "Chromium is gone"
            self._buffer += chunk
        line, self._buffer = self._buffer.split(b"\0", 1)
        return dict(json.loads(line))


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    to_chromium, ours_out = os.pipe()
    ours_in, from_chromium = os.pipe()
    assert CHROMIUM is not None
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
        "--window-size=1000,1400", f"--user-data-dir={tmp_path / 'profile'}",
    ]  # fmt: skip

    def plumb() -> None:
        os.dup2(to_chromium, 3)
        os.dup2(from_chromium, 4)

    process = subprocess.Popen(
        command,
        preexec_fn=plumb,  # noqa: PLW1509 — Chromium wants the descriptors 3 and 4
        pass_fds=(3, 4, to_chromium, from_chromium),
        stderr=subprocess.DEVNULL,
    )
    os.close(to_chromium)
    os.close(from_chromium)
    try:
        yield Browser(ours_in, ours_out)
    finally:
        with contextlib.suppress(OSError):
            os.write(ours_out, json.dumps({"id": 0, "method": "Browser.close"}).encode() + b"\0")
        os.close(ours_out)
        os.close(ours_in)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report")
    assert run(["run", "--suite", "grammar", "--dataset", "own", "-o", str(out)]) == 0
    return out / "report.html"


def test_the_page_in_a_browser(browser, page, tmp_path):
    browser.open(page.as_uri())
    assert browser.value("document.querySelector('h1').innerText") == "grammar · own"
    assert browser.value("getComputedStyle(document.querySelector('section')).display") == "none"

    browser.press("Tab")
    assert browser.value("document.activeElement.className") == "skip"
    browser.press("Enter")
    for _ in range(3):
        browser.press("Tab")
        if browser.value("document.activeElement.closest('tbody') !== null"):
            break
    case = browser.value("document.activeElement.innerText")
    browser.press("Enter")
    shown = "[...document.querySelectorAll('section')].filter(s => s.offsetParent !== null)"
    assert browser.value(f"{shown}.map(s => s.querySelector('h1').innerText)") == [case]
    assert browser.value("document.querySelector('#overview').offsetParent") is None
    assert browser.value(f"{shown}[0].querySelectorAll('mark').length") > 5

    text = browser.value(f"{shown}[0].querySelector('.text').textContent")
    source = Path(__file__).parent.parent / "evals" / "own" / f"{case}.txt"
    assert text == source.read_text(encoding="utf-8")

    shot = tmp_path / "page.png"
    shot.write_bytes(base64.b64decode(browser.call("Page.captureScreenshot")["data"]))
    assert shot.stat().st_size > 20_000

    methods = [event.get("method") for event in browser.events]
    assert "Runtime.exceptionThrown" not in methods
    assert "Runtime.consoleAPICalled" not in methods
    assert [
        e["params"]["entry"]["text"] for e in browser.events if e.get("method") == "Log.entryAdded"
    ] == []
    asked = [
        event["params"]["request"]["url"]
        for event in browser.events
        if event.get("method") == "Network.requestWillBeSent"
    ]
    assert all(url.startswith(("file:", "data:")) for url in asked), asked
