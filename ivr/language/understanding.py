"""All that turns words into meanings: the grammars by name, and the topics of free speech."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ivr.language import grammar, topics
from ivr.language.grammar import Grammar
from ivr.language.topics import Topics

ELSEWHERE = 0.95
"""Score from which free speech leaves another question: a misheard answer is the likelier thing there."""


@dataclass(frozen=True)
class Understanding:
    """Loaded once; threads share it."""

    grammars: Mapping[str, Grammar]
    topics: Topics

    def elsewhere(self, text: str) -> str | None:
        """The flow of a topic named in the middle of another question: only what is sure beyond doubt."""
        heard = self.topics.understand(text)
        return heard.flow if heard.other is None and heard.score >= ELSEWHERE else None


def load(folder: Path) -> Understanding:
    """Every grammar and the model of the folder. Raises GrammarError, ValueError, OSError."""
    grammars = grammar.load(folder)
    return Understanding(grammars, topics.load(folder, grammars))
