"""The two sides of `extraction.py`: each asks one server through one proxy that counts.

Ours is the product as it runs with the embedded model, its engine replaced by the proxy in front of
that engine's own HTTP server; langextract is a process of its own in an environment of its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from summarizer.config import Settings, api_key
from summarizer.errors import ConfigError, SummarizerError
from summarizer.models import Model, open_model
from summarizer.models.local import Local

from ..cases import Case
from ._counting import CountingProxy, direct

HERE = Path(__file__).parent
TASK = HERE / "langextract.toml"
DRIVER = HERE / "_langextract.py"
ENVIRONMENT = Path(".venv/langextract")
WARM = {"messages": [{"role": "user", "content": "你好"}], "max_tokens": 1}


@dataclass(frozen=True, slots=True)
class Bench:
    """What both sides use: the proxy in front of the server, our model behind it, settings."""

    proxy: CountingProxy
    model: Model
    settings: Settings
    python: Path

    @property
    def conditions(self) -> dict[str, str]:
        """What a measurement depends on; a stored one of other conditions is not used again."""
        task = hashlib.sha256(TASK.read_bytes() + DRIVER.read_bytes()).hexdigest()[:12]
        return {"model": self.model.id, "task": task, "settings": self.settings.digest()}


@contextmanager
def opened(settings: Settings, python: Path) -> Iterator[Bench]:
    """A server behind the proxy: llama.cpp, warm, or the one at `base_url`."""
    if not python.is_file():
        raise ConfigError(
            f"there is no {python}: langextract's environment is made by `make bench`, or by "
            f"`python3 -m venv {ENVIRONMENT}` and its pip install -r "
            "evals/bench/requirements-langextract.txt"
        )
    settings = replace(settings, store="off")
    kind, _, file = settings.model.partition(":")
    if kind != "local":
        with CountingProxy(settings.base_url, api_key()) as proxy:
            ours = replace(settings, base_url=proxy.url)
            with open_model(ours.model, ours) as model:
                yield Bench(proxy, model, ours, python)
        return
    path = Path(file).expanduser() if file else None
    engine = Local(path, settings)
    url, key = engine.address()
    with CountingProxy(url, key) as proxy:
        through = Through(path, settings, proxy)
        through.answer(WARM)
        proxy.taken()
        model = Model(through.id, through.create, parallel=settings.parallel or through.parallel)
        yield Bench(proxy, model, settings, python)
    engine.close()  # not after Ctrl-C: llama.cpp would wait for answers that nobody fetches


class Through(Local):
    """The embedded model as the product asks it, by way of the proxy and the server's HTTP."""

    def __init__(self, path: Path | None, settings: Settings, proxy: CountingProxy) -> None:
        super().__init__(path, settings)
        self._proxy = proxy

    def _engine(self) -> Any:
        return self

    def answer(self, request: dict[str, Any]) -> Any:
        """What the engine would say; an error is JSON too."""
        body = json.dumps(request, ensure_ascii=False).encode()
        asked = urllib.request.Request(  # noqa: S310 — loopback
            f"{self._proxy.url}/chat/completions", body, {"Content-Type": "application/json"}
        )
        try:
            with direct.open(asked) as answered:
                return json.load(answered)
        except urllib.error.HTTPError as refused:
            with refused:
                return json.load(refused)


def ours(bench: Bench, case: Case) -> dict[str, Any]:
    """The product on one document: its summary, what it cost, how long it took."""
    import instructor
    import openai

    from summarizer.engine.schema import load_schema
    from summarizer.pipeline import summarize

    _ = instructor.patch, openai.OpenAI  # loaded before the clock runs, as on the other side
    schema = load_schema(bench.settings.schema)
    bench.proxy.taken()
    said: dict[str, Any] = {}
    started = time.perf_counter()
    try:
        summary = summarize(case.path, model=bench.model, schema=schema, settings=bench.settings)
        said["summary"] = summary.model_dump(mode="json")
    except ConfigError:
        raise
    except SummarizerError as error:
        said["error"] = f"{type(error).__name__}: {error}"
    seconds = time.perf_counter() - started
    return said | {"seconds": seconds, "cost": asdict(bench.proxy.taken())}


def langextract(bench: Bench, case: Case) -> dict[str, Any]:
    """The other tool on one document: its extractions, what they cost, how long it took."""
    job = {
        "base_url": bench.proxy.url,
        "api_key": "through the proxy",
        "model": bench.settings.model,
        "workers": bench.model.parallel,
        "text": case.text,
        "task": tomllib.loads(TASK.read_text(encoding="utf-8")),
    }
    bench.proxy.taken()
    done = subprocess.run(
        [str(bench.python), str(DRIVER)],
        input=json.dumps(job).encode(),
        capture_output=True,
        check=False,
        env=os.environ | {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"},
    )
    cost = asdict(bench.proxy.taken())
    try:
        said: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        why = done.stderr.decode(errors="replace").strip()[-2000:]
        raise ConfigError(f"langextract could not be run by {bench.python}: {why}") from error
    return said | {"cost": cost}
