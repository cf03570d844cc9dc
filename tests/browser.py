"""A real Chromium without a window, driven over its DevTools pipe: no driver, no port, no library."""

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

HANGS = 300  # seconds; a slow machine takes fewer

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless=new", "--remote-debugging-pipe", "--no-first-run", "--disable-gpu", "--no-sandbox",
    "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
    "--disable-extensions", "--hide-scrollbars", "--force-color-profile=srgb", "--lang=en",
)  # fmt: skip


class Left(AssertionError):
    """The page was left for another while a script ran in it."""


LEFT = ("Inspected target navigated or closed", "Execution context was destroyed")


def found() -> str | None:
    """The browser of REVIEW_BROWSER, else one that is installed; None for neither."""
    named = os.environ.get("REVIEW_BROWSER")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def until(true: Callable[[], object], what: str):
    """What a function gives as soon as that is true. Raises TimeoutError where it hangs."""
    end = time.monotonic() + HANGS
    while not (given := true()):
        if time.monotonic() > end:
            raise TimeoutError(f"never: {what}")
        time.sleep(0.02)
    return given


class Browser:
    """One page of a browser: `go`, `run` JavaScript, press keys, look."""

    def __init__(self, program: str, folder: Path):
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()
        self.downloads = folder / "downloads"
        self.downloads.mkdir(parents=True)
        # The browser reads fd 3 and writes fd 4; a shell puts ours there.
        line = f'exec "$0" "$@" 3<&{to_browser} 4>&{from_browser}'
        command = ["bash", "-c", line, program, *FLAGS, f"--user-data-dir={folder / 'profile'}"]
        self._process = subprocess.Popen(
            command, pass_fds=(to_browser, from_browser), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=os.environ | {"HOME": str(folder)},
        )  # fmt: skip
        os.close(to_browser)
        os.close(from_browser)
        self._buffer, self._count, self._session = b"", 0, None
        self.problems: list[str] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.ask(f"{domain}.enable")
        self.ask(
            "Browser.setDownloadBehavior", behavior="allow", downloadPath=str(self.downloads),
        )  # fmt: skip

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self._out)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._in)

    def ask(self, method: str, **parameters):
        """One command and its answer."""
        self._count += 1
        sent = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            sent["sessionId"] = self._session
        data = json.dumps(sent).encode() + b"\0"
        while data:
            data = data[os.write(self._out, data) :]
        while True:
            message = self._message()
            if message.get("id") == self._count:
                if "error" in message:
                    left = str(message["error"].get("message", "")).startswith(LEFT)
                    raise (Left if left else AssertionError)(f"{method}: {message['error']}")
                return message["result"]

    def _message(self):
        end = time.monotonic() + HANGS
        while b"\0" not in self._buffer:
            if not select.select([self._in], [], [], max(0, end - time.monotonic()))[0]:
                raise TimeoutError("the browser does not answer")
            part = os.read(self._in, 1 << 20)
            if not part:
                raise AssertionError("the browser has ended")
            self._buffer += part
        line, _, self._buffer = self._buffer.partition(b"\0")
        message = json.loads(line)
        self._note(message.get("method"), message.get("params", {}))
        return message

    def _note(self, method, said):
        if method == "Runtime.exceptionThrown":
            details = said["exceptionDetails"]
            told = details.get("exception", {}).get("description", "")
            self.problems.append(f"{details.get('text')} {told}")
        elif method == "Log.entryAdded" and said["entry"]["level"] == "error":
            self.problems.append(said["entry"]["text"])
        elif method == "Runtime.consoleAPICalled" and said["type"] == "error":
            self.problems.append(str(said["args"]))

    def go(self, address: str, width: int = 1400, height: int = 860, *, dark: bool = False):
        """Open an address anew, as a screen of some size has it, and wait until the page is there."""
        self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
            mobile=False,
        )  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[scheme])
        self.ask("Page.navigate", url="about:blank")
        self.wait("location.href === 'about:blank'")
        self.ask("Page.navigate", url=address)
        self.wait("document.readyState === 'complete' && document.querySelector('.overview p')")

    def run(self, script: str):
        """The value of an expression; promises are waited for."""
        result = self.ask(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True,
            userGesture=True,
        )  # fmt: skip
        if "exceptionDetails" in result:
            raise AssertionError(str(result["exceptionDetails"])[:2000])
        return result["result"].get("value")

    def wait(self, script: str):
        """Until an expression is true, on this page or on the one that a click led to."""
        until(lambda: self._is(script), script)

    def _is(self, script: str) -> bool:
        try:
            return self.run(f"Boolean({script})")
        except Left:
            return False

    def press(self, key: str):
        """A key, as it is typed."""
        for kind in ("keyDown", "keyUp"):
            text = {"text": key} if kind == "keyDown" and len(key) == 1 else {}
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, **text)

    def click(self, selector: str):
        """Click the first element of a selector, where it is."""
        where = self.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            " e.scrollIntoView({block: 'center'}); const r = e.getClientRects()[0];"
            " return [r.left + Math.min(r.width / 2, 12), r.top + r.height / 2]; })()"
        )
        self.click_at(*where)

    def click_at(self, x: float, y: float):
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def picture(self, path: Path):
        """What is on the screen, as PNG."""
        data = self.ask("Page.captureScreenshot", format="png")["data"]
        path.write_bytes(base64.b64decode(data))
