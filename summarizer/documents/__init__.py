"""A file → its text, cleaned, in sentences, with what it says of itself."""
