"""`summarizer review --apply` and `--against`: what is done with the exports of a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from summarizer.render.review.decisions import Decisions, DocumentDecisions


def _compare(decisions: Decisions, against: str) -> None:
    """Say how far two reviewers agree."""
    from summarizer.cli.failure import say
    from summarizer.render.load import stored
    from summarizer.render.review.agreement import compared
    from summarizer.render.review.decisions import load_decisions

    say(compared(decisions, load_decisions(stored(against), against)).line)


def show_agreement(files: list[str], against: str) -> None:
    """Two exports side by side, on standard output."""
    from summarizer.cli.language import told_lines
    from summarizer.cli.output import write_shown
    from summarizer.render.load import stored
    from summarizer.render.review.agreement import compared, told
    from summarizer.render.review.decisions import load_decisions, merged

    one = merged([load_decisions(stored(name), name) for name in files])
    write_shown(told_lines(told(compared(one, load_decisions(stored(against), against)))))


def apply_decisions(
    files: list[str],
    decisions: tuple[list[str], str | None],
    out: str | None,
    how: tuple[str | None, str | None],
) -> None:
    """Write the summaries as they were decided to be, and gold."""
    from summarizer.cli.failure import say
    from summarizer.cli.output import place, write_parts
    from summarizer.cli.review import documents_of
    from summarizer.render.load import stored
    from summarizer.render.review.corrections import corrected
    from summarizer.render.review.decisions import load_decisions, merged
    from summarizer.render.review.gold import write_gold
    from summarizer.render.review.offered import strange
    from summarizer.render.review.payload import digest

    (names, against), (gold, schema), path = decisions, how, place(out)
    one_export = merged([load_decisions(stored(name), name) for name in names])
    if against is not None:
        _compare(one_export, against)
    decided = one_export.by_summary()
    here: dict[tuple[str, str], str] = {}
    lines, reviewed = [], []
    for one in documents_of(files, schema):
        info = one.summary.document
        key = (info.id, digest(one.summary))
        here[key] = info.source
        said = decided.get(key)
        if said and (refs := strange(one, said)):
            say(f"warning: {info.source}: decisions about nothing in this summary, left out: "
                f"{len(refs):,} ({', '.join(refs)})")  # fmt: skip
            said = said.without(refs)
        after = corrected(one, said) if said else one
        lines.append(f"{after.summary.model_dump_json()}\n")
        if said and gold is not None:
            reviewed.append((after, one, said))
    for told in _left(decided, here):
        say(f"warning: {', '.join(names)}: {told}")
    for after, before, said in reviewed:
        write_gold(after, before, said, Path(gold or ""))
    write_parts(lines, path)


def _left(
    decided: Mapping[tuple[str, str], DocumentDecisions], here: Mapping[tuple[str, str], str]
) -> Iterator[str]:
    """What is said of the decisions that no summary here has.

    Raises InputError where a document is here, and only in summaries that nobody decided about.
    """
    from summarizer.errors import InputError

    sources = {key: source for (key, _), source in here.items()}
    followed = {key for key, _ in decided.keys() & here.keys()}
    for key, digest in decided.keys() - here.keys():
        if key not in sources:
            yield f"no summary here is of document {key}"
        elif key in followed:
            yield f"no summary of {sources[key]} here is the one with digest {digest}"
        else:
            raise InputError(
                f"{sources[key]}: the decisions are about another summary of this document"
            )
