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
from summarizer.schema import load_schema, shipped

ROOT = Path(__file__).parent.parent
NOTE = "<!-- Written by `make docs`; changes made here are lost. -->\n"


def pages() -> Iterator[tuple[str, str]]:
    """Every generated file: its path from the project's root, and its text."""
    yield "docs/settings.md", settings_page()
    yield "docs/cli.md", cli_page()
    for name in shipped():
        yield f"schemas/{name}.json", load_schema(name).json_text()


def settings_page() -> str:
    rows = "".join(
        f"| `{field.name}` | {_defaults(field)} | {_about(field)} |\n"
        for field in dataclasses.fields(Settings)
    )
    return f"""# Settings

{NOTE}
A setting is looked up on the command line (`--chunk-chars`, where the command has it), else in the environment (`SUMMARIZER_CHUNK_CHARS`), else in `summarizer.toml` of the working folder (`chunk_chars = 350`), else its default holds. `summarizer settings` shows each value and where it came from. What reaches out or runs does not count from a folder that one may only happen to stand in: a `base_url`, a `cache_dir`, a schema that is a file and a model that is a file are refused in `summarizer.toml` (exit code 2), and come from the command line or the environment. A name in the file that is no setting is refused, a variable of that form is told of. Keys are never settings: they come from `OPENAI_API_KEY`. `OPENAI_BASE_URL` is heeded where `base_url` is not set otherwise.

| setting | default | what it does |
|---|---|---|
{rows}
Where there are two defaults, the second is that of a large model. `size` says which a model is: with `auto` the embedded model and files of your own are small, and a model at an endpoint is large, unless its name counts no more than 4 billion parameters (`qwen2.5-1.5b`, `gemma-3-270m`). A small model is asked for little at a time and shown every example of a prompt; a large one gets whole passages, which on the seeds takes 36 requests instead of 80 and half of the words. What is said of a single setting goes before either.
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


def _defaults(field: dataclasses.Field) -> str:
    large = field.metadata["large"]
    return _code(field.default) + (f" / {_code(large)}" if large is not None else "")


def _code(value: object) -> str:
    return f"`{value}`" if value != "" else ""


if __name__ == "__main__":
    for name, text in pages():
        (ROOT / name).write_text(text, encoding="utf-8", newline="\n")
        print(name)
