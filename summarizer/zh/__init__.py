"""The Chinese language: offsets in, offsets out. It knows no model, no schema and no report."""
