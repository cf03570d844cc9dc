"""What makes a file of each kind out of rows of cells: `MAKERS[kind](above, rows)`."""

from collections.abc import Callable

import tiny_offices
import tiny_pdf_tables
import tiny_sheets

SHEETS: dict[str, Callable[..., bytes]] = {
    "html": tiny_sheets.html,
    "docx": tiny_sheets.docx,
    "xlsx": tiny_sheets.xlsx,
    "xls": tiny_sheets.xls,
    "ods": tiny_sheets.ods,
    "csv": tiny_sheets.delimited,
    "tsv": lambda above, rows: tiny_sheets.delimited(above, rows, "\t"),
    "md": tiny_sheets.markdown,
}
PDFS: dict[str, Callable[..., bytes]] = {
    "pdf": tiny_pdf_tables.pdf,
    "ruled": tiny_pdf_tables.ruled_pdf,
}
OFFICES: dict[str, Callable[..., bytes]] = {
    "rtf": tiny_offices.rtf,
    "doc": tiny_offices.doc,
    "mht": tiny_offices.mht,
}
MAKERS = SHEETS | OFFICES | PDFS
