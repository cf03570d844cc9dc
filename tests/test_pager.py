"""A long text on a real terminal: the pager's program, its keys, and what becomes of the text."""

import contextlib
import fcntl
import os
import pty
import select
import shutil
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from summarizer.cli.pager import show_paged

pytestmark = pytest.mark.slow  # processes, servers and waits of seconds

HERE = Path(__file__).parent
VIEW = ["view", str(HERE / "golden" / "report.json"),
        "--schema", str(HERE / "data" / "report_schema.py")]  # fmt: skip
CTRL_C, BOLD = b"\x03", "\x1b[1m"
PATIENCE = 15  # of a test that hangs; nothing is said of how long it takes
needs_less = pytest.mark.skipif(shutil.which("less") is None, reason="there is no less here")


class Terminal:
    """`summarizer` in the foreground of a terminal of its own, and a user at its keys."""

    def __init__(self, *arguments: str, **variables: str | None) -> None:
        self.seen, (self._ours, theirs) = "", pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 10, 60, 0, 0))
        left_out = {"COLUMNS", "LINES", "NO_COLOR", "CI", "LESS"}
        kept = {k: v for k, v in os.environ.items() if k not in left_out}
        self.process = subprocess.Popen(
            [sys.executable, "-c", FOREGROUND, *arguments],
            cwd=HERE.parent, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            env=kept | {"TERM": "xterm-256color"} | variables,
        )  # fmt: skip
        os.close(theirs)

    def press(self, keys: bytes) -> None:
        os.write(self._ours, keys)

    def until(self, words: str, keys: bytes = b"") -> None:
        """Read until the terminal shows these words; keys are pressed again, Ctrl-C drops some."""
        self.seen = ""
        for _ in range(PATIENCE if keys else 0):
            self.press(keys)
            if select.select([self._ours], [], [], 1)[0] and self._more() and words in self.seen:
                return
        while words not in self.seen:
            assert self._more(), self.seen

    def ended(self, keys: bytes = b"") -> int:
        """The exit code, when all that was written is read; keys that are dropped come again."""
        for _ in range(PATIENCE if keys else 0):
            if not select.select([self._ours], [], [], 1)[0]:
                self.press(keys)
            elif not self._more():
                break
        while self._more():
            pass
        os.close(self._ours)
        return self.process.wait(PATIENCE)

    def _more(self) -> bool:
        assert select.select([self._ours], [], [], PATIENCE)[0], f"it hangs after {self.seen!r}"
        part = b""
        with contextlib.suppress(OSError):  # how Linux says that the other end is closed
            part = os.read(self._ours, 65536)
        self.seen += part.decode(errors="replace").replace("\r\n", "\n")
        return bool(part)


FOREGROUND = """
import fcntl, runpy, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
runpy.run_module("summarizer", run_name="__main__", alter_sys=True)
"""


@needs_less
def test_ctrl_c_is_the_pagers_own_key():
    terminal = Terminal(*VIEW, PAGER="less", LC_ALL="en_GB.UTF-8")
    terminal.until(":\x1b[K")
    terminal.press(CTRL_C)
    terminal.until("(END)", b"G")
    terminal.press(b"q")
    assert terminal.ended() == 0
    assert "nterrupt" not in terminal.seen


@needs_less
def test_less_that_ends_at_ctrl_c_ends_us():
    terminal = Terminal(*VIEW, PAGER="less -K")
    terminal.until(":\x1b[K")
    terminal.press(CTRL_C)
    assert terminal.ended(CTRL_C) == 130


def test_ctrl_c_at_the_moment_a_pager_ends_loses_no_exit_code(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("PAGER", "sh -c 'kill -INT $PPID; exit 2'")
    for _ in range(150):  # one in twenty was lost
        with pytest.raises(KeyboardInterrupt):
            show_paged("one line\n" * 1000)


@needs_less
@pytest.mark.parametrize(
    ("pager", "less"),
    [("less", None), (shutil.which("less"), None), ("less -S", None), ("less", "-i"),
     ("less", "iM"), ("less", "")],
)  # fmt: skip
def test_less_shows_colours_whatever_it_is_called(pager, less):
    terminal = Terminal(*VIEW, PAGER=pager, **({} if less is None else {"LESS": less}))
    terminal.until(BOLD)
    terminal.press(b"q")
    assert terminal.ended() == 0
    assert "ESC[" not in terminal.seen


@needs_less
def test_what_the_users_less_says_goes_before_our_own():
    terminal = Terminal(*VIEW, PAGER="less", LESS="-PHERE$")
    terminal.until("HERE")
    assert BOLD in terminal.seen
    assert "\x1b[?1049h" in terminal.seen  # a screen of its own: there is no X
    terminal.press(b"q")
    assert terminal.ended() == 0


@pytest.mark.parametrize("pager", ["false", "sh -c 'exit 3'", "sh -c 'cat >/dev/null; exit 1'"])
def test_a_pager_that_fails_costs_no_text(pager):
    terminal = Terminal(*VIEW, PAGER=pager, LC_ALL="en_GB.UTF-8")
    assert terminal.ended() == 0
    assert "Overview" in terminal.seen
    assert "Next: summarizer review" in terminal.seen


def test_a_pager_that_is_left_early_is_no_failure():
    terminal = Terminal(*VIEW, PAGER="head -n 1")
    assert terminal.ended() == 0
    assert terminal.seen.count("\n") == 1
