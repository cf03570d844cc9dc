"""Runs langextract on one text, in an environment of its own that has nothing of ours.

    .venv/langextract/bin/python evals/bench/_langextract.py < job.json > answer.json

The job names the server (`base_url`, `api_key`, `model`, `workers`), the `text` and the `task` of
`langextract.toml`. The answer holds the extractions with their places in the text, langextract's
version, and the seconds of the extraction alone: imports and the start of Python are not counted.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from typing import Any

CHUNK = 500
"""Characters a request; its best for Chinese with a small model, of 500 and the default 1,000."""
LONGEST = 2048
"""Tokens an answer may have, about three times what one usually has: ends endless repetitions."""


def main() -> None:
    job = json.load(sys.stdin)
    import langextract as lx
    import openai  # noqa: F401 — else it would be loaded while the clock runs
    from langextract.core.tokenizer import UnicodeTokenizer

    served = {name: job[name] for name in ("base_url", "api_key")}
    limits = {"temperature": 0.0, "max_workers": job["workers"], "max_output_tokens": LONGEST}
    config = lx.factory.ModelConfig(
        model_id=job["model"], provider="OpenAILanguageModel", provider_kwargs=served | limits
    )
    answer: dict[str, Any] = {"version": version("langextract"), "extractions": []}
    started = time.perf_counter()
    try:
        found = lx.extract(
            job["text"],
            prompt_description=job["task"]["description"].strip(),
            examples=[_example(lx, job["task"]["example"])],
            config=config,
            max_char_buffer=CHUNK,
            max_workers=job["workers"],
            use_schema_constraints=True,
            tokenizer=UnicodeTokenizer(),
            show_progress=False,
        )
        answer["extractions"] = [_plain(extraction) for extraction in found.extractions or ()]
    except Exception as error:  # noqa: BLE001 — whatever it is, it is the answer
        answer["error"] = f"{type(error).__name__}: {error}"[:500]
    json.dump(answer | {"seconds": time.perf_counter() - started}, sys.stdout, ensure_ascii=False)


def _example(lx: Any, given: dict[str, Any]) -> Any:
    return lx.data.ExampleData(
        text=given["text"].strip(),
        extractions=[
            lx.data.Extraction(
                extraction_class=e["class"], extraction_text=e["text"], attributes=e["attributes"]
            )
            for e in given["extractions"]
        ],
    )


def _plain(extraction: Any) -> dict[str, Any]:
    at = extraction.char_interval
    return {
        "class": extraction.extraction_class,
        "text": extraction.extraction_text,
        "start": at.start_pos if at else None,
        "end": at.end_pos if at else None,
        "status": extraction.alignment_status.value if extraction.alignment_status else None,
        "attributes": extraction.attributes or {},
    }


if __name__ == "__main__":
    main()
