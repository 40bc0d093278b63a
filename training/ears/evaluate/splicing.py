"""Strings of digits put together from one person's digits said alone: no co-articulation, but a person."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from ivr.audio import RATE
from training.ears.evaluate.clips import Clip, Sound, drawn, spoken_part
from training.ears.texts.numbers_said import UNITS

STRINGS, DIGITS = 300, 5
WORDS = frozenset(UNITS[:10])
"""What a string may be made of."""
LONGEST_PAUSE = 0.35
"""Seconds between two digits, at most."""
_EDGE = 0.2
"""Seconds of the room's silence before and after."""


def strings(digits: Sequence[Clip], count: int = STRINGS) -> Iterator[Clip]:
    """Strings of DIGITS digits drawn evenly from these clips of one speaker, each digit a clip of one word."""
    by_word = {clip.text: clip for clip in digits}
    rng = drawn("splicing")
    for number in range(count):
        said = [str(word) for word in rng.choice(sorted(by_word), DIGITS)]
        name = f"{digits[0].speaker}-spliced-{number:03}"
        yield Clip(
            name, f"{digits[0].speaker} (spliced)", "digits", " ".join(said), _Spliced(by_word, said, name)
        )


class _Spliced:
    """Fetches one string."""

    def __init__(self, by_word: Mapping[str, Clip], said: Sequence[str], name: str) -> None:
        self._by_word, self._said, self._name = by_word, said, name

    def __call__(self) -> Sound:
        rng = drawn("pauses", self._name)
        recordings = [self._by_word[word].fetch() for word in self._said]
        floor = min(float(np.quantile(np.abs(sound), 0.1)) for sound in recordings)
        parts = [_silence(_EDGE, floor, rng)]
        for sound in recordings:
            parts += [spoken_part(sound), _silence(float(rng.uniform(0, LONGEST_PAUSE)), floor, rng)]
        return np.concatenate([*parts, _silence(_EDGE, floor, rng)])


def _silence(seconds: float, level: float, rng: np.random.Generator) -> Sound:
    return np.asarray(rng.normal(size=int(RATE * seconds)) * level)
