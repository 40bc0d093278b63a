"""What is said to be trained on: numbers, phrases of the grammars, callers' sentences."""
