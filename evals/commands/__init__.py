"""The commands, by what they are for: to measure, to judge what was measured, to annotate."""
