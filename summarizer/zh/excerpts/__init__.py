"""An overview made of the report's own sentences, whole clauses of them, verbatim.

| module | decides |
|---|---|
| `clauses.py` | from which clause to which one a sentence is told |
| `reporter.py` | whose report it is, and what is another's |
| `weight.py` | what a reader wants to hear first |
| `chosen.py` | which sentences may be told, and the two or three that are |

`words.tsv` has the words that they go by.
"""

from summarizer.zh.excerpts.chosen import Excerpt, excerpts, overview_of
from summarizer.zh.excerpts.reporter import Reporter

__all__ = ["Excerpt", "Reporter", "excerpts", "overview_of"]
