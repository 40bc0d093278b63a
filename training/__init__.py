"""Tools that learn data files from examples; nothing here is imported by the line."""
