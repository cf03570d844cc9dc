"""`summarizer prompt FILE`: the exact messages a model would get; calls nothing."""

from typing import Annotated

import typer

from summarizer.cli.options import Encoding, File, Ocr, Out, on_or_off, setting


def prompt(
    file: File,
    model: Annotated[str | None, setting("model", "--model", "-m")] = None,
    size: Annotated[str | None, setting("size")] = None,
    strategy: Annotated[str | None, setting("strategy")] = None,
    schema: Annotated[str | None, setting("schema")] = None,
    script: Annotated[str | None, setting("script")] = None,
    ocr: Ocr = None,
    encoding: Encoding = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON list of requests.")] = False,
    out: Out = None,
) -> None:
    """Print the exact messages that a model would get; calls none.

    The overview's request is not among them: it is written from answers to the others. Nor are
    those of a small model for rows and for fields of the summary; about how many is told.

    \b
    Examples:
      summarizer prompt report.txt | less
      summarizer prompt report.txt --json | jq '.[0].messages'
    """
    from summarizer.cli.language import told
    from summarizer.cli.output import place, write, write_shown
    from summarizer.config import settings
    from summarizer.documents.read import Limits, read
    from summarizer.engine.later_requests import later_requests
    from summarizer.engine.picking import Picker
    from summarizer.engine.previews import previews
    from summarizer.engine.proposals import Proposer
    from summarizer.engine.schema import load_schema
    from summarizer.pipeline import planned

    path = place(out)
    said = {"model": model, "size": size, "strategy": strategy, "schema": schema, "script": script}
    chosen = settings(**said, ocr=on_or_off(ocr))
    document = read(file, encoding=encoding, bounds=Limits.of(chosen))
    asked = load_schema(chosen.schema)
    prepared = planned(document, asked, chosen)
    requests = previews(prepared.plan, prepared.parsed, asked, chosen)
    proposer = Proposer(prepared.parsed, Picker.of(prepared.parsed, asked))
    if as_json:
        import json

        listed = [{"title": title, "messages": messages} for title, messages in requests]
        write(json.dumps(listed, ensure_ascii=False, indent=2) + "\n", path)
        return
    lines = []
    for title, messages in requests:
        lines.append(f"=== {told(title)} ===")
        lines += [f"--- {message['role']} ---\n{message['content']}" for message in messages]
    if more := later_requests(asked, proposer, chosen):
        lines.append(
            f"=== {told(f'and about {more} for rows and for the fields of the summary')} ==="
        )
    write_shown("\n".join(lines) + "\n", path)
