"""How figures of a text bear on one another: parts and sums, rates, hedged numbers."""
