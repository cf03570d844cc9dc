"""What is locked, and what the installed packages say of themselves: read offline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

HERE = Path(__file__).parent
_PIN = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?P<rest>(?:.*\\\n)*.*)", re.MULTILINE
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_LONGEST = 60  # characters of a licence's name; some packages put its whole text there


@dataclass(frozen=True, slots=True)
class Pin:
    """A package that a lock file names, with the hashes of its files."""

    name: str
    version: str
    hashes: tuple[str, ...] = ()


def pins(file: Path) -> Iterator[Pin]:
    """The packages of one lock file, in its order."""
    for found in _PIN.finditer(file.read_text(encoding="utf-8")):
        yield Pin(normal(found["name"]), found["version"], tuple(_HASH.findall(found["rest"])))


def all_pins() -> list[Pin]:
    """Every locked package once, by name."""
    found = {(pin.name, pin.version): pin for file in HERE.glob("*.txt") for pin in pins(file)}
    return [found[key] for key in sorted(found)]


def normal(name: str) -> str:
    """A package's name as indexes compare it.

    >>> normal("Typing_Extensions")
    'typing-extensions'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(name: str, version: str) -> str:
    """What the installed package says its licence is; why nobody knows, in brackets."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return "(not installed here)"
    if told["Version"] != version:
        return f"(installed is {told['Version']})"
    return _licence(told)


def _licence(told: PackageMetadata) -> str:
    classifiers = told.get_all("Classifier") or []
    kinds = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License ::")]
    named = told.get("License-Expression") or "; ".join(kinds) or told.get("License") or ""
    line = next(iter(named.strip().splitlines()), "")
    return line[:_LONGEST] or "(it does not say)"
