"""What callers.py draws from: phrases of the grammars, callers' sentences, sentences to be read, single words.

All are lower case with ё, words single-spaced, a comma for a pause, «+» before a stressed vowel in doubt. What holds
a word whose stress is unknown is left out: it could be neither said nor trained.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ivr.language import grammar
from training.ears.words.speaking import Speaking

TOPICS = ("menu", "facts", "statements")
"""Grammars of topics; the others are short answers and commands."""
_WORD = re.compile("[а-яё+]+")
_PAUSE = re.compile('[,.;:!?…—–()«»"]+')


@dataclass(frozen=True)
class Wordings:
    """Texts by their use."""

    operator: Sequence[str]
    yes_no: Sequence[Sequence[str]]
    """Phrases by meaning, as in the two that follow."""
    commands: Sequence[Sequence[str]]
    topics: Sequence[Sequence[str]]
    callers: Sequence[str] = ()
    """Whole sentences of callers."""
    read: Sequence[str] = ()
    """Sentences to be read aloud."""
    words: Sequence[str] = ()
    """Single words, for their sounds."""


def load(
    grammars: Path, speaking: Speaking, sentences: Iterable[str] = (), words: Iterable[str] = ()
) -> Wordings:
    """From the product's grammars, and from what else there is to read. Raises GrammarError."""
    found = grammar.load(grammars)

    def spelt(phrases: Iterable[Sequence[str]]) -> list[str]:
        return _known((" ".join(phrase) for phrase in phrases), speaking)

    def meanings(*names: str) -> list[list[str]]:
        groups = [
            phrases for name in names for phrases in (*found[name].phrases.values(), found[name].decoys)
        ]
        return [texts for phrases in groups if (texts := spelt(phrases))]

    return Wordings(
        operator=spelt(found["everywhere"].phrases["operator"]),
        yes_no=meanings("yesno"),
        commands=meanings(*(name for name in found if name not in (*TOPICS, "yesno"))),
        topics=meanings(*TOPICS),
        callers=_known(_callers(grammars / "examples" / "menu.tsv"), speaking),
        read=_known(sentences, speaking),
        words=_known(words, speaking),
    )


def clean(text: str, speaking: Speaking) -> str:
    """Words and commas alone; empty if there is anything in it that cannot be said, such as figures."""
    text = text.lower().replace("-", " ").replace("'", " ")
    if re.search(r"[^\W_а-яё]", text):
        return ""
    parts = [[speaking.with_yo(word) for word in _WORD.findall(part)] for part in _PAUSE.split(text)]
    if not all(speaking.known(word) for part in parts for word in part):
        return ""
    return ", ".join(" ".join(part) for part in parts if part)


def bare(text: str) -> str:
    """The words without commas and stress: what the text says."""
    return " ".join(text.replace(",", " ").replace("+", "").split())


def _known(texts: Iterable[str], speaking: Speaking) -> list[str]:
    return list(dict.fromkeys(text for one in texts if (text := clean(one, speaking))))


def _callers(examples: Path) -> list[str]:
    if not examples.exists():
        return []
    return [line.partition("\t")[2] for line in examples.read_text("utf-8").splitlines()]
