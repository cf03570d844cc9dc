"""`summarizer settings`: every setting, its value, and where that came from."""

from typing import Annotated

import typer


def settings(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """List every setting, its value, where it came from, and why.

    A setting is looked up on the command line, then in the variable SUMMARIZER_NAME, then in
    summarizer.toml of the working folder; else its default holds. Keys are never settings.

    \b
    Example:
      SUMMARIZER_MODEL=qwen3 summarizer settings
    """
    import json

    from summarizer.cli.language import told
    from summarizer.cli.output import write
    from summarizer.config import api_key, redacted, sources
    from summarizer.policy import reason
    from summarizer.render.safe import one_line

    found = {
        name: (redacted(value) if isinstance(value, str) else value, source)
        for name, (value, source) in sources().items()
    }
    size = found["size"][0]
    why = {
        name: reason(name, size) if source == f"default, {size}" else ""
        for name, (_, source) in found.items()
    }
    if as_json:
        listed = {
            name: {"value": v, "from": source} | ({"why": why[name]} if why[name] else {})
            for name, (v, source) in found.items()
        }
        write(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")
        return
    lines = []
    for name, (value, source) in found.items():
        reasons = ": ".join(told(part) for part in (source, why[name]) if part)
        lines.append(f"{name:<15} {one_line(str(value)) or '—'}  ({reasons})")
    key = "set" if api_key() else "not set"
    write("\n".join([*lines, "", told(f"OPENAI_API_KEY is {key}")]) + "\n")
