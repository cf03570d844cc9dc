"""Who is told of in a sentence, and as what."""
