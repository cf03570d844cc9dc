"""Tables read by their headers: what each bare number of a grid is, in which unit, of what."""

from summarizer.zh.tables.reading import HEADER, WORDS, CellReading, read_table

__all__ = ["HEADER", "WORDS", "CellReading", "read_table"]
