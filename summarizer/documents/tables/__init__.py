"""Tables as grids: the cells of a file's tables, where each stands in the text."""

from summarizer.documents.tables.grid import Cell, Grid, Place
from summarizer.documents.tables.written import Written

__all__ = ["Cell", "Grid", "Place", "Written"]
