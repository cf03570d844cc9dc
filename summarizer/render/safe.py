"""What a document says is shown with nothing in it that acts: see `summarizer.visible`."""

from summarizer.visible import one_line, visible

__all__ = ["one_line", "visible"]
