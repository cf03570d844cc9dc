"""Names and items → what the source proves of them, and the tally of what became of the rest."""
