"""Settings: the only reader of settings files and of the environment.

Precedence: command line > `SUMMARIZER_*` > `summarizer.toml` of the working folder > defaults.
Keys are never settings: `api_key()` reads them from the environment when they are needed.

Who decides what, and how much is asked at once, is the policy of a size of model (`policy.py`).
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

from summarizer.errors import ConfigError
from summarizer.policy import Policy, decided, setting, size_of

FILE = "summarizer.toml"
PREFIX = "SUMMARIZER_"
_FREE = frozenset([  # what changes where and how fast a result is made, and no result
    "base_url", "timeout", "max_call_seconds", "retries", "parallel", "threads", "context", "store",
    "cache_dir", "size", "max_characters", "max_pages", "max_cells", "max_members", "max_mentions",
    "max_requests", "max_document_tokens", "max_document_seconds",
])  # fmt: skip
_FORMER = {("overview", "composed"): "extract"}  # what choices were called before
_LEAST_KEY = 8  # a shorter one is a placeholder ("none", "EMPTY") and a word of other texts
_IN_URL = re.compile(
    r"(?i)(://)[^/?#@\s'\"]+(?=@)|([?&](?:api[-_]?key|key|token|access[-_]token)=)[^&\s'\"]+"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Policy):
    """Every value that changes what a run does. `docs/settings.md` is generated from here.

    `Settings()` has the defaults of a small model; `settings(model=...)` those of that model.
    """

    model: str = setting("local", "who answers: local, local:PATH.gguf, or a name at --base-url")
    size: str = setting(
        "auto",
        "the kind of model that defaults are for; auto: by its name",
        ("auto", "small", "large"),
    )
    base_url: str = setting("", "an OpenAI-compatible endpoint; empty: the provider's own")
    strategy: str = setting("anchored", "how figures are asked for", ("anchored", "verbatim"))
    schema: str = setting("report", "a shipped schema's name or the path of your own .py")
    script: str = setting("source", "script of names, labels, titles", ("source", "hans", "hant"))
    prompts: str = setting("", "prompts to use instead of the first of their kind: ids with commas")
    timeout: float = setting(120.0, "seconds that one answer may take at an endpoint")
    max_call_seconds: float = setting(
        900.0, "seconds that one request may take in all, its tries and waits counted", least=1
    )
    retries: int = setting(5, "how often a broken connection is tried again")
    parallel: int = setting(
        0, "requests under way at once for one document; 0: two, of the embedded model one"
    )
    threads: int = setting(0, "CPU threads of the embedded model; 0: as many as cores are free")
    context: int = setting(
        8192, "tokens of context of the embedded model, over all requests", least=1
    )
    store: str = setting("use", "stored answers", ("use", "off", "refresh", "replay"))
    cache_dir: str = setting("", "folder of weights and stored answers; empty: the user's cache")
    max_bytes: int = setting(20_000_000, "largest file that is read", least=1)
    max_characters: int = setting(
        20_000_000, "most characters of text that a file may hold", least=1
    )
    max_pages: int = setting(2_000, "most pages of a PDF", least=1)
    max_cells: int = setting(500_000, "most table cells of a page, a DOCX or a workbook", least=1)
    ocr: str = setting(
        "off", "recognise the text of pages that are pictures, with RapidOCR", ("off", "on")
    )
    max_members: int = setting(200_000, "most files in an archive of documents", least=1)
    max_mentions: int = setting(200_000, "most numbers that a document may hold", least=1)
    max_requests: int = setting(50_000, "most passages that a document is asked about in", least=1)
    max_document_tokens: int = setting(
        50_000_000, "tokens of answers and requests after which a document is given up", least=1
    )
    max_document_seconds: float = setting(
        86_400.0, "seconds of asking after which a document is given up", least=1
    )

    @property
    def cache(self) -> Path:
        """The cache folder; nothing is written but here and where an output is asked for."""
        if self.cache_dir:
            return Path(self.cache_dir).expanduser()
        try:
            home = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
        except RuntimeError as error:  # a container's user without a home or an entry in passwd
            raise ConfigError(
                "this user has no home folder: set SUMMARIZER_CACHE_DIR to a folder of its own"
            ) from error
        return home / "summarizer"

    def digest(self) -> str:
        """A hash over the settings that can change a result (not where or how fast it is made)."""
        values = {k: v for k, v in dataclasses.asdict(self).items() if k not in _FREE}
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


def pager_command() -> str:
    """What the environment shows long texts with: `less`, unless it names another or none."""
    if os.environ.get("TERM") == "dumb":
        return ""
    return os.environ.get("PAGER", "less")


def pager_environment() -> dict[str, str]:
    """The environment of a pager: by whatever name `less` is called, it shows colours.

    Where the user's LESS says nothing, it also leaves at once what fits, and the text on the screen
    when it ends; what LESS says goes before our own.
    """
    said = os.environ.get("LESS")
    return os.environ | {"LESS": "-FRX" if said is None else f"-R {said}"}


def in_ci() -> bool:
    """Whether a build server runs this: it may have a terminal, but nobody looks at it."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def settings(**given: Any) -> Settings:
    """Settings from all sources; `given` are the command line's values, None where not said.

    Raises ConfigError for an unknown name or a value that does not fit, naming its source.
    """
    return Settings(**{name: value for name, (value, _) in sources(**given).items()})


def sources(**given: Any) -> dict[str, tuple[Any, str]]:
    """Each setting's value and where it came from: its flag, variable, file, or "default".

    >>> found = sources(model="qwen3-32b", chunk_mentions=9)
    >>> found["size"], found["chunk_chars"], found["chunk_mentions"]
    (('large', "by model 'qwen3-32b'"), (2500, 'default, large'), (9, 'command line'))
    """
    found = _said(given)
    if found["size"][0] == "auto":
        model = found["model"][0]
        found["size"] = size_of(model), f"by model {model!r}"
    size = found["size"][0]
    for name, value in decided(size).items():
        if found[name][1] == "default":
            found[name] = value, f"default, {size}"
    return found


def _said(given: dict[str, Any]) -> dict[str, tuple[Any, str]]:
    """Each setting as said somewhere, else its plain default."""
    types = get_type_hints(Settings)
    found: dict[str, tuple[Any, str]] = {}
    from_file = _file()
    for f in dataclasses.fields(Settings):
        variable = _variable(f.name)
        if given.get(f.name) is not None:
            raw, source = given[f.name], "command line"
        elif variable in os.environ:
            raw, source = os.environ[variable], variable
        elif f.name == "base_url" and os.environ.get("OPENAI_BASE_URL"):
            raw, source = os.environ["OPENAI_BASE_URL"], "OPENAI_BASE_URL"
        elif f.name in from_file:
            raw, source = from_file[f.name], FILE
            _refuse_foreign(f.name, str(raw))
        else:
            raw, source = f.default, "default"
        found[f.name] = (_fit(f, raw, types[f.name], source), source)
    return found


def unknown_variables() -> list[str]:
    """Each SUMMARIZER_* variable that is no setting, with the setting that it may be meant for.

    They are told of and not refused: an environment is shared, and a cluster puts the addresses
    of a service called summarizer into variables of this form.
    """
    known = {_variable(f.name) for f in dataclasses.fields(Settings)}
    return [
        f"{name}{_meant(name, known)}"
        for name in sorted(os.environ)
        if name.startswith(PREFIX) and name not in known
    ]


def api_key() -> str:
    """The endpoint's key, from OPENAI_API_KEY; empty when it is not set."""
    return os.environ.get("OPENAI_API_KEY", "")


def redacted(text: str) -> str:
    """The text without what opens doors: the key itself, and what a URL carries of that kind.

    >>> redacted("http://me:secret@host/v1?api_key=abc&page=2")
    'http://…@host/v1?api_key=…&page=2'
    """
    key = api_key().strip()
    if len(key) >= _LEAST_KEY:
        text = text.replace(key, "…")
    return _IN_URL.sub(lambda found: f"{found[1] or found[2]}…", text)


def _file() -> dict[str, Any]:
    path = Path(FILE)
    try:
        if not path.is_file():
            return {}
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"{FILE} cannot be read: {error}") from error
    known = {f.name for f in dataclasses.fields(Settings)}
    for name in values:
        if name not in known:
            raise ConfigError(
                f"{FILE}: there is no setting {name!r}{_meant(name, known)}; "
                "`summarizer settings` lists them"
            )
    return values


def _refuse_foreign(name: str, value: str) -> None:
    """Raise ConfigError for what a folder that one happens to stand in may not decide.

    Such a file may be anybody's. A schema of its own is code, an endpoint gets texts and key, a
    model's file goes through a native reader, and a cache folder holds answers taken for ours.
    """
    is_foreign = {
        "base_url": bool(value),
        "cache_dir": bool(value),
        "schema": value.partition(":")[0].endswith(".py") or "/" in value or os.sep in value,
        "model": value.startswith("local:"),
    }
    if is_foreign.get(name):
        flag = "" if name == "cache_dir" else f"--{name.replace('_', '-')} or "
        raise ConfigError(
            f"{FILE}: {name} does not count from the folder one stands in, which may be anybody's; "
            f"if you want it, say so with {flag}{_variable(name)}"
        )


def _variable(name: str) -> str:
    return PREFIX + name.upper()


def _meant(name: str, known: set[str]) -> str:
    """The known name that is nearest to a slip, as a question; nothing where none is near."""
    import difflib

    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.8)
    return f" ({near[0]}?)" if near else ""


def _fit(setting: dataclasses.Field[Any], raw: Any, kind: type, source: str) -> Any:
    """The raw value as the setting's type. Raises ConfigError for one that it cannot have."""
    said = f"{setting.name} = {raw!r} ({source})"
    choices, least = setting.metadata["choices"], setting.metadata["least"]
    if isinstance(raw, bool) or (kind is str and not isinstance(raw, str | os.PathLike)):
        raise ConfigError(f"{said} must be {'text' if kind is str else 'a number'}")
    if kind is int and isinstance(raw, float):
        raise ConfigError(f"{said} must be a whole number")
    try:
        value = kind(raw)
    except (TypeError, ValueError, OverflowError) as error:
        raise ConfigError(f"{said} is not a {'whole ' * (kind is int)}number") from error
    value = _FORMER.get((setting.name, value), value)
    if choices and value not in choices:
        raise ConfigError(f"{said} must be one of: {', '.join(choices)}")
    if isinstance(value, int | float) and not least <= value:
        raise ConfigError(f"{said} must be {least} or more")
    return value


def locale_name() -> str:
    """What the environment says that its user reads; "" where it says nothing.

    As POSIX has it: the first of LC_ALL, LC_MESSAGES, LANG that is set; `C` is no language.
    """
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next(filter(None, names), "")
