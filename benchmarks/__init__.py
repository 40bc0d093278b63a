"""Measures of the line, as ratios of one run; the figures are kept in docs/performance.md."""
