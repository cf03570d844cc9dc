"""`summarizer clean FILE`: what goes to the model, and with --explain why the rest does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli.options import Encoding, File, Ocr, Out, on_or_off

if TYPE_CHECKING:
    from summarizer.documents.clean import CleanText, Region
    from summarizer.types import Span


def clean(
    file: File,
    explain: Annotated[
        bool, typer.Option("--explain", help="List every edit and every region with its rule.")
    ] = False,
    style: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="text|json",
            autocompletion=lambda: ["text", "json"],
            help="How to write it.",
        ),
    ] = "text",
    ocr: Ocr = None,
    encoding: Encoding = None,
    out: Out = None,
) -> None:
    """Print what goes to the model: the report without its page.

    With --explain, everything is listed: what cleaning changed, what each line was taken for and
    by which rule, and what the text says about itself. Spans count the text that
    `summarizer text FILE` prints.

    \b
    Examples:
      summarizer clean report.html
      summarizer clean report.txt --explain | less
      summarizer clean report.txt --format json | jq '.regions[].kind'
    """
    from summarizer.cli.language import told_lines
    from summarizer.cli.output import place, write, write_shown
    from summarizer.config import settings
    from summarizer.documents.clean import clean as tidy
    from summarizer.documents.read import Limits, read
    from summarizer.errors import ConfigError

    style = style.lower()
    if style not in ("text", "json"):
        raise ConfigError(f"--format {style!r} must be one of: text, json")
    path = place(out)
    document = read(file, encoding=encoding, bounds=Limits.of(settings(ocr=on_or_off(ocr))))
    cleaned = tidy(document)
    if style == "json":
        import json

        write(json.dumps(described(cleaned), ensure_ascii=False, indent=2) + "\n", path)
        return
    write_shown(
        told_lines(explained(cleaned), ours=_is_ours) if explain else cleaned.kept + "\n", path
    )


def described(cleaned: CleanText) -> dict[str, Any]:
    """All that cleaning found, as JSON has it. Spans count the raw text."""
    document = cleaned.document
    return {
        "document": {
            "id": document.id,
            "source": document.source,
            "encoding": document.encoding,
            "media_type": document.media_type,
            "characters": len(document.text),
            "replaced": document.replaced,
        },
        "text": cleaned.kept,
        "edits": [
            {
                "span": _pair(edit.span),
                "text": document.text[edit.span.slice],
                "replacement": edit.replacement,
                "rule": edit.rule,
            }
            for edit in cleaned.edits
        ],
        "regions": [_region(cleaned, region) for region in cleaned.regions],
        "candidates": [
            {"kind": found.kind, "text": found.text, "span": _pair(cleaned.to_raw(found.span))}
            for found in cleaned.candidates
        ],
    }


def _is_ours(line: str) -> bool:
    """Whether a line of what is explained has no words of the document."""
    return not line.startswith(" ")


def explained(cleaned: CleanText) -> str:
    """The same for the eye: a line an edit, a region, a candidate."""
    found = described(cleaned)
    document = found["document"]
    kind = f"{document['media_type']}, {document['encoding']}"
    size = f"{document['characters']} characters, {document['replaced']} bytes replaced"
    lines = [
        f"{document['source']}: {kind}, {size}",
        f"\n{len(found['edits'])} edits",
    ]
    for edit in found["edits"]:
        change = (
            f"{_shortened(_quoted(edit['text']))} → {_quoted(edit['replacement']) or 'deleted'}"
        )
        lines.append(f"  {_place(edit['span'])}  {edit['rule']:<14}  {change}")
    lines.append(f"\n{len(found['regions'])} regions")
    for region in found["regions"]:
        where = f"  = {_place(region['repeat_of']).strip()}" if region["repeat_of"] else ""
        text = _shortened(region["text"])
        kind = f"{region['kind']:<11}  {region['rule']:<15}"
        lines.append(f"  {_place(region['span'])}  {kind}  {text}{where}")
    lines.append(f"\n{len(found['candidates'])} candidates")
    for candidate in found["candidates"]:
        lines.append(f"  {_place(candidate['span'])}  {candidate['kind']:<11}  {candidate['text']}")
    return "\n".join(lines) + "\n"


def _region(cleaned: CleanText, region: Region) -> dict[str, Any]:
    original = region.repeat_of
    return {
        "span": _pair(cleaned.to_raw(region.span)),
        "kind": region.kind,
        "rule": region.rule,
        "repeat_of": _pair(cleaned.to_raw(original)) if original else None,
        "text": cleaned.text[region.span.slice],
    }


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _place(span: list[int]) -> str:
    return f"{span[0]:>6}-{span[1]:<6}"


def _quoted(text: str) -> str:
    return ascii(text)[1:-1] if not text.isprintable() else text


def _shortened(text: str, most: int = 40) -> str:
    return text if not most < len(text) else text[: most - 1] + "…"
