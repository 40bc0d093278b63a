"""Whole phrases before loose words: what a text costs that is no phrase of its grammar.

Vosk's bigram lets any word follow any other for few nats, and makes «верно вы позови» of «верно вы поняли». Callers
say phrases: among the texts that were heard, those that are none count for less.
"""

from collections.abc import Iterable, Sequence
from math import inf

from ivr.speech.model import UNKNOWN
from ivr.speech.number_grammar import OF_A_NUMBER

FURTHER = 1.5
"""Nats of each phrase after the first; words of no grammar are one, and so is a number."""
STRAY = 5.0
"""Nats at most, and of a text that phrases do not make up. From 3 on the same is heard (docs/ears.md)."""
_LONGEST = 12
"""Words of a phrase that is looked for."""


class Phrases:
    """The phrases of one grammar. Immutable: threads share it."""

    def __init__(self, phrases: Iterable[tuple[str, ...]], *, numbers: bool = False) -> None:
        """`numbers`: a number may stand where a phrase may."""
        self._phrases = frozenset(phrases)
        self._numbers = numbers

    def cost(self, words: Sequence[str]) -> float:
        """In nats; nothing for one whole phrase, and for silence."""
        fewest = [0.0] + [inf] * len(words)
        for start in range(len(words)):
            for end in self._ends(words, start):
                fewest[end] = min(fewest[end], fewest[start] + 1)
        return min(STRAY, FURTHER * max(0.0, fewest[-1] - 1))

    def _ends(self, words: Sequence[str], start: int) -> Iterable[int]:
        """Where a phrase that begins here may end."""
        if words[start] == UNKNOWN:
            yield next((end for end in range(start, len(words)) if words[end] != UNKNOWN), len(words))
        number = self._numbers
        for end in range(start + 1, min(len(words), start + _LONGEST) + 1):
            number = number and words[end - 1] in OF_A_NUMBER
            if number or tuple(words[start:end]) in self._phrases:
                yield end
