"""Whose a quantity is, and of when, by the clause it stands in."""
