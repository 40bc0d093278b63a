"""Sound as numbers: files of any kind and the telephone's μ-law, both as int16 mono at 8 kHz. A leaf."""

RATE = 8_000
"""Samples a second of all sound inside the line: the telephone's own."""
