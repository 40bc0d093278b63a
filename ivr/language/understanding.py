"""All that turns words into meanings: the grammars by name, and the topics of free speech."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ivr.language import grammar, topics
from ivr.language.grammar import Grammar
from ivr.language.topics import Topics


@dataclass(frozen=True)
class Understanding:
    """Loaded once; threads share it."""

    grammars: Mapping[str, Grammar]
    topics: Topics
    revision: str
    """Of the files that these were read from; pinned in a call's facts."""


def load(folder: Path) -> Understanding:
    """Every grammar and the model of the folder, read once while no file changes. Raises GrammarError, ModelError."""
    return _loaded(folder, grammar.revision(folder))


@lru_cache(maxsize=1)
def _loaded(folder: Path, revision: str) -> Understanding:
    grammars = grammar.load(folder)
    return Understanding(grammars, topics.load(folder, grammars), revision)
