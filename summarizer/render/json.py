"""Summary → JSON that any reader takes: exact numbers as strings, no raw line separators."""

from summarizer.types import Summary


def render(summary: Summary) -> str:
    """Indented JSON, valid against the schema's JSON Schema.

    U+2028 and U+2029 are escaped: they are legal in JSON strings but end a line in JavaScript and
    in many line-based tools.
    """
    text = summary.model_dump_json(indent=2)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n"
