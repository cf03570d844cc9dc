"""What every test gets: a clean environment, a cache folder of its own, goldens.

The environment is cleaned for the whole run, before any module is imported, so that the doctests
of the product are held to the same rules as the tests. The network is closed by pytest-socket
(`--allow-hosts` in pyproject.toml).
"""

import json
import os
import signal
import tempfile
from collections.abc import Callable, MutableMapping
from pathlib import Path

import hypothesis
import pytest

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # started behind an &: Ctrl-C is tested
    signal.signal(signal.SIGINT, signal.default_int_handler)

GOLDEN = Path(__file__).parent / "golden"
OURS = ("SUMMARIZER_", "OPENAI_")
PLACES = ("XDG_CACHE_HOME", "SUMMARIZER_CACHE_DIR")
HANDED_ON = "TESTS_REAL_PLACES"  # what they were, for the workers of pytest-xdist


def real_environment() -> dict[str, str]:
    """The environment in which pytest was started, also in a worker that it has started."""
    real = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    places = {name: os.environ[name] for name in PLACES if name in os.environ}
    if HANDED_ON in os.environ:
        real.pop("XDG_CACHE_HOME", None)
        places = json.loads(real.pop(HANDED_ON))
    return real | places


def speak_english(environment: MutableMapping[str, str]) -> None:
    """Let messages be English, whoever runs the tests; how text is encoded stays as it is."""
    said = environment.pop("LC_ALL", "")
    if said:
        environment["LC_CTYPE"] = said
    environment["LC_MESSAGES"] = "en_GB.UTF-8"


REAL_ENVIRONMENT = real_environment()
speak_english(REAL_ENVIRONMENT)
"""With the real home and caches, for tests that install something or run the embedded model."""

# The same examples in every run, so that what fails is what was changed; `make fuzz` seeks new ones.
hypothesis.settings.register_profile(
    "offline", deadline=None, max_examples=60, derandomize="FUZZ_EXAMPLES" not in os.environ
)
hypothesis.settings.load_profile("offline")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite tests/golden with what is rendered"
    )


def pytest_configure() -> None:
    places = {name: REAL_ENVIRONMENT[name] for name in PLACES if name in REAL_ENVIRONMENT}
    os.environ[HANDED_ON] = json.dumps(places)
    for name in list(os.environ):
        if name.startswith(OURS):
            del os.environ[name]
    speak_english(os.environ)
    os.environ["PAGER"] = ""  # nobody is there to turn a page
    os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="summarizer-tests-")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stored answers and weights of one test are never seen by another."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden("report.md", text)` compares with tests/golden/report.md, byte for byte.

    `pytest --update-golden` writes the file instead; git shows what changed.
    """

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert path.exists(), f"there is no tests/golden/{name}; make it with --update-golden"
        with path.open(encoding="utf-8", newline="") as file:
            assert text == file.read()

    return compare
