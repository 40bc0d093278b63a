"""Who says it: recordings of people, engines and their voices, foreign speech and sounds of nobody."""
