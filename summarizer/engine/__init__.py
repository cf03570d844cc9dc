"""Schema-driven: what is asked, how answers are checked, put together and proved."""
