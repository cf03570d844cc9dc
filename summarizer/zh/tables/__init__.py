"""Tables read by their headers: what each bare number of a grid is, in which unit, of what."""
