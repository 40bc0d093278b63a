"""Texts spelt so that an engine says what the lexicon has: stressed, number words sometimes as in quick speech."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from training.ears.words.lexicon import Lexicon
from training.ears.words.reductions import everyday

REDUCED = 0.15
"""How often a number word that has a quick form is said so; its transcript stays the whole word."""
_WORD = re.compile("[а-яё+]+")

Spelling = Callable[[Sequence[str]], str]
"""A word's phones → the word as an engine is asked for it."""


@dataclass(frozen=True)
class Speaking:
    """What the lexicon knows about saying a word."""

    lexicon: Lexicon
    _usual: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def load(cls) -> "Speaking":
        """Raises FileNotFoundError when festvox-ru is not installed."""
        return cls(Lexicon.load())

    def known(self, word: str) -> bool:
        """Whether it can be pronounced."""
        return bool(self.lexicon.ways(word))

    def with_yo(self, word: str) -> str:
        """The word with ё where it belongs: «счетчик» → «счётчик»; one with a «+» is left as it is."""
        return word if "+" in word else self._stressed(word).replace("+", "") or word

    def marked(self, text: str) -> str:
        """«+» before the stressed vowel of each word that has one."""
        return _WORD.sub(lambda found: self._stressed(found.group()) or found.group(), text)

    def reduced(self, text: str, rng: random.Random) -> str:
        """Marked, and some number words as quick speech has them: «пятьдес+ят» as «пийс+ят»."""

        def word(found: re.Match[str]) -> str:
            stressed = self._stressed(found.group())
            ways = list(everyday(stressed)) if stressed and rng.random() < REDUCED else []
            return rng.choice(ways) if ways else stressed or found.group()

        return _WORD.sub(word, text)

    def respelt(self, text: str, spelling: Spelling, rng: random.Random) -> str:
        """Each word by its sounds, for an engine of another language; now and then those of quick speech."""

        def word(found: re.Match[str]) -> str:
            ways = self.lexicon.ways(found.group())
            return (
                spelling(rng.choice(ways) if rng.random() < REDUCED else ways[0]) if ways else found.group()
            )

        return _WORD.sub(word, text)

    def sounds(self, text: str) -> set[str]:
        """The phones of the text's words, each as it is usually said."""
        return {phone for word in _WORD.findall(text) for phone in next(iter(self.lexicon.ways(word)), ())}

    def _stressed(self, word: str) -> str:
        """The usual stressed spelling; empty if unknown."""
        if "+" in word:
            return word
        if word not in self._usual:
            ways = [way for way in self.lexicon.stresses.ways(word) if not way.startswith("-")]
            self._usual[word] = ways[0] if ways else ""
        return self._usual[word]
