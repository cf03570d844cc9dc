"""`summarizer summarize FILE`: one report in, a proved summary out."""

from typing import Annotated

import typer

from summarizer.cli.options import Encoding, File, Format, Lang, Out, with_settings
from summarizer.config import Settings


@with_settings
def summarize(
    file: File,
    chosen: Settings,
    encoding: Encoding = None,
    format: Format = None,  # noqa: A002 — the option's name
    out: Out = None,
    lang: Lang = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 5 if an issue is an error.")
    ] = False,
    with_source: Annotated[
        bool, typer.Option("--with-source", help="Keep the document's text in the summary.")
    ] = False,
    preview: Annotated[
        bool,
        typer.Option("--preview", help="Tell of figures and items on standard error as they come."),
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
) -> None:
    """Summarize a report: figures and items, each with its evidence.

    The embedded model answers unless another is named. Its answers are kept, so that the same
    report with the same settings is answered at once the next time. Everything in the summary
    points at the sentence it came from, and what is missing is counted under "coverage".

    With --preview each figure and item is a line on standard error as soon as it is found and
    proved; what is written in the end stays the same.

    \b
    Examples:
      summarizer summarize report.txt
      summarizer summarize report.txt --format md -o report.md
      summarizer summarize report.txt --preview -o report.json
      summarizer summarize report.txt --model qwen3 --base-url http://host:8000/v1
      cat report.txt | summarizer summarize - --strict > report.json

    \b
    Exit codes:
      0 done, 1 cannot write, 2 usage or configuration, 3 unreadable input,
      4 no answers from the model, 5 an issue is an error, 130 interrupted
    """
    from summarizer.cli.language import language
    from summarizer.cli.output import output, show
    from summarizer.cli.progress import shown
    from summarizer.documents.read import Limits, read
    from summarizer.engine.schema import load_schema
    from summarizer.models import open_model
    from summarizer.pipeline import summarize as run
    from summarizer.pipeline import with_source as kept
    from summarizer.render.tables import refuse_collisions

    to = output(out, format)
    refuse_collisions(load_schema(chosen.schema).model)
    document = read(file, encoding=encoding, bounds=Limits.of(chosen))
    with open_model(settings=chosen) as opened, shown(quiet=quiet, preview=preview) as step:
        summary = run(document, model=opened, settings=chosen, progress=step)
    if with_source:
        summary = kept(summary, document)
    show(summary, to, language(lang, document.text))
    if strict:
        _refuse_errors([issue.message for issue in summary.issues if issue.severity == "error"])


def _refuse_errors(messages: list[str]) -> None:
    from summarizer.errors import VerificationFailed

    if messages:
        raise VerificationFailed(
            f"the summary has {len(messages)} issues of severity error, the first: {messages[0]}"
        )
