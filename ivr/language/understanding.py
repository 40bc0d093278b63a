"""All that turns words into meanings: the grammars by name, and the topics of free speech."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ivr.language import grammar, topics
from ivr.language.grammar import Grammar
from ivr.language.topics import Topics


@dataclass(frozen=True)
class Understanding:
    """Loaded once; threads share it."""

    grammars: Mapping[str, Grammar]
    topics: Topics


def load(folder: Path) -> Understanding:
    """Every grammar and the model of the folder. Raises GrammarError, or ModelError."""
    grammars = grammar.load(folder)
    return Understanding(grammars, topics.load(folder, grammars))
