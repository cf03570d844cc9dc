"""`summarizer settings`: every setting, its value, and where that came from."""

from typing import Annotated

import typer


def settings(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """List every setting, its value and where that came from.

    A setting is looked up on the command line, then in the variable SUMMARIZER_NAME, then in
    summarizer.toml of the working folder; else its default holds. Keys are never settings.

    \b
    Example:
      SUMMARIZER_MODEL=qwen3 summarizer settings
    """
    import json

    from summarizer.cli.output import write
    from summarizer.config import api_key, redacted, sources
    from summarizer.render.safe import one_line

    found = {
        name: (redacted(value) if isinstance(value, str) else value, source)
        for name, (value, source) in sources().items()
    }
    if as_json:
        listed = {name: {"value": v, "from": source} for name, (v, source) in found.items()}
        write(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")
        return
    lines = [
        f"{name:<15} {one_line(str(v)) or '—'}  ({source})" for name, (v, source) in found.items()
    ]
    key = "set" if api_key() else "not set"
    write("\n".join([*lines, "", f"OPENAI_API_KEY is {key}"]) + "\n")
