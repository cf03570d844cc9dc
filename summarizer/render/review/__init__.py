"""Summaries with their sources → one page on which a reader checks them; and back.

`page` writes it: one file, without network, library or inline handler. What the reader decides
comes back as a file that `corrections` and `gold` read.
"""
