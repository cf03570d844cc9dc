"""Write again what is generated: `make docs`. tests/test_docs.py says when that is due."""

import contextlib
import dataclasses
import io
import os
from collections.abc import Iterator
from pathlib import Path

from typer.main import get_command

from summarizer.cli import app, run
from summarizer.config import Settings
from summarizer.engine.schema import load_schema, shipped
from summarizer.policy import POLICIES, Policy, reason

ROOT = Path(__file__).parent.parent
NOTE = "<!-- Written by `make docs`; changes made here are lost. -->\n"


def pages() -> Iterator[tuple[str, str]]:
    """Every generated file: its path from the project's root, and its text."""
    yield "docs/settings.md", settings_page()
    yield "docs/cli.md", cli_page()
    for name in shipped():
        yield f"schemas/{name}.json", load_schema(name).json_text()


def settings_page() -> str:
    policy = {field.name: field for field in dataclasses.fields(Policy)}
    rows = "".join(
        f"| `{field.name}` | {_code(field.default)} | {_about(field)} |\n"
        for field in dataclasses.fields(Settings)
        if field.name not in policy
    )
    decided = "".join(
        f"| `{name}` | {_about(field)} | {_decided(name, 'small')} | {_decided(name, 'large')} |\n"
        for name, field in policy.items()
    )
    return f"""# Settings

{NOTE}
A setting is looked up on the command line (`--chunk-chars`, where the command has it), else in the environment (`SUMMARIZER_CHUNK_CHARS`), else in `summarizer.toml` of the working folder (`chunk_chars = 350`), else its default holds. `summarizer settings` shows each value and where it came from. What reaches out or runs does not count from a folder that one may only happen to stand in: a `base_url`, a `cache_dir`, a schema that is a file and a model that is a file are refused in `summarizer.toml` (exit code 2), and come from the command line or the environment. A name in the file that is no setting is refused, a variable of that form is told of. Keys are never settings: they come from `OPENAI_API_KEY`. `OPENAI_BASE_URL` is heeded where `base_url` is not set otherwise.

| setting | default | what it does |
|---|---|---|
{rows}
## Who decides

Rules find, propose, prove and refuse; what a text means, a model judges as far as it can. Each decision is a setting whose default depends on the `size` of the model, for the reason beside it: with `auto` the embedded model and files of your own are small, and a model at an endpoint is large, unless its name counts no more than 4 billion parameters (`qwen2.5-1.5b`, `gemma-3-270m`). What is said of a single setting goes before either. On the seeds a large model is sent 6 requests for passages instead of 77, with a quarter of the words.

| setting | what it decides | small | large |
|---|---|---|---|
{decided}
"""  # noqa: E501 — a paragraph of Markdown is one line


def cli_page() -> str:
    parts = ["# Command line\n", NOTE]
    for words in _commands():
        parts += [f"## {' '.join(('summarizer', *words))}\n", f"```text\n{_help(words)}```\n"]
    return "\n".join(parts)


def _commands() -> Iterator[tuple[str, ...]]:
    yield ()
    for name, command in get_command(app).commands.items():
        yield (name,)
        for below in getattr(command, "commands", ()):
            yield name, below


def _help(words: tuple[str, ...]) -> str:
    os.environ["COLUMNS"] = "80"
    with contextlib.redirect_stdout(io.StringIO()) as out:
        run([*words, "--help"])
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().strip().splitlines())


def _about(field: dataclasses.Field) -> str:
    about = field.metadata["about"]
    choices = field.metadata["choices"]
    return f"{about}: {', '.join(f'`{choice}`' for choice in choices)}" if choices else about


def _decided(name: str, size: str) -> str:
    why = reason(name, size)
    return _code(getattr(POLICIES[size], name)) + (f": {why}" if why else "")


def _code(value: object) -> str:
    return f"`{value}`" if value != "" else ""


if __name__ == "__main__":
    for name, text in pages():
        (ROOT / name).write_text(text, encoding="utf-8", newline="\n")
        print(name)
