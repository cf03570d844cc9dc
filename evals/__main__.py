"""`python -m evals`."""

from .program import main

main()
