"""What callers may say to this line, at random: two fifths digits, a third other numbers, the rest words.

Every text is words only; a comma is a pause. Words are drawn evenly, not as often as callers use them, so that
«тринадцать» is trained as well as «тридцать» and «триста».
"""

from collections.abc import Callable, Iterator

from training.ears.texts import numbers_said, odd_words
from training.ears.texts.draws import Draws
from training.ears.texts.number_texts import NumberTexts
from training.ears.texts.wordings import Wordings

Say = Callable[[], str]


class Caller:
    """Says one text after the other; the same seed says the same."""

    def __init__(self, wordings: Wordings, seed: int) -> None:
        self._wordings = wordings
        self._draws = Draws(seed)
        self._numbers = NumberTexts(self._draws)

    def texts(self) -> Iterator[str]:
        """Of all kinds, endless."""
        return self._said({**self._number_kinds(), **self._word_kinds()})

    def numbers(self) -> Iterator[str]:
        """Of digits and numbers alone, endless."""
        return self._said(self._number_kinds())

    def words(self) -> Iterator[str]:
        """Of all but numbers, endless."""
        return self._said(self._word_kinds())

    def _said(self, kinds: dict[Say, int]) -> Iterator[str]:
        while True:
            (say,) = self._draws.rng.choices(list(kinds), list(kinds.values()))
            if text := say():
                yield text

    def _number_kinds(self) -> dict[Say, int]:
        numbers = self._numbers
        return {
            numbers.single_digit: 9,
            numbers.digit_string: 31,
            numbers.even: 8,
            numbers.contrast: 4,
            numbers.reading: 13,
            numbers.other: 5,
        }

    def _word_kinds(self) -> dict[Say, int]:
        return {
            self._operator: 3,
            self._yes_no: 4,
            self._command: 4,
            self._topic: 9,
            self._fragment: 6,
            self._single_words: 4,
        }

    def _operator(self) -> str:
        if self._draws.chance(0.45):
            return self._draws.next("operator", odd_words.OPERATOR)
        return self._draws.any(self._wordings.operator)

    def _yes_no(self) -> str:
        if self._draws.chance(0.55):
            return self._draws.next("yes or no", odd_words.YES_NO)
        return self._draws.any(self._draws.any(self._wordings.yes_no))

    def _command(self) -> str:
        if self._draws.chance(0.25):
            return self._draws.next("keypad", odd_words.KEYPAD)
        return self._draws.any(self._draws.any(self._wordings.commands))

    def _topic(self) -> str:
        if self._wordings.callers and self._draws.chance(0.4):
            return self._piece(self._draws.any(self._wordings.callers), 9)
        return self._draws.any(self._draws.any(self._wordings.topics))

    def _fragment(self) -> str:
        """A piece of a sentence that was written to be read, sometimes with a number word put in."""
        if not self._wordings.read:
            return ""
        words = self._piece(self._draws.any(self._wordings.read), 7).split()
        if self._draws.chance(0.2):
            number = self._draws.next("numbers among words", numbers_said.PLAIN)
            words.insert(self._draws.rng.randint(0, len(words)), number)
        return " ".join(words)

    def _single_words(self) -> str:
        """Words for their sounds: one to three that have nothing to do with each other."""
        if not self._wordings.words:
            return ""
        count = self._draws.any((1, 2, 3))
        return self._draws.paused([self._draws.next("words", self._wordings.words) for _ in range(count)])

    def _piece(self, text: str, most: int) -> str:
        words = text.split()
        start = self._draws.rng.randrange(max(1, len(words) - most + 1))
        return " ".join(words[start : start + self._draws.rng.randint(2, most)]).strip(",")
