"""Russian as callers speak it and as the line speaks it: numbers, grammars, wording, prompts."""
