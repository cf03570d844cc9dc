"""What every test gets: a clean environment, a cache folder of its own, goldens.

The environment is cleaned for the whole run, before any module is imported, so that the doctests
of the product are held to the same rules as the tests. The network is closed by pytest-socket
(`--allow-hosts` in pyproject.toml).
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

GOLDEN = Path(__file__).parent / "golden"
OURS = ("SUMMARIZER_", "OPENAI_")
REAL_ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(OURS) or name == "SUMMARIZER_CACHE_DIR"
}
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
    for name in list(os.environ):
        if name.startswith(OURS):
            del os.environ[name]
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
