"""Tables read by their headers: what each bare number of a grid is, in which unit, of what."""

from summarizer.zh.tables.reading import CellReading, read_table

__all__ = ["CellReading", "read_table"]
