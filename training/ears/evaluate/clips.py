"""One utterance to judge the ears by."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ivr.audio import RATE
from ivr.audio.files import read

Sound = NDArray[np.float64]
"""Samples at RATE, full scale ±1."""

What = Literal[
    "digits", "numbers", "account", "word", "form", "yesno", "operator", "topic", "near", "outside",
    "foreign", "noise", "music", "babble",
]  # fmt: skip
"""digits: one by one, two to seven of them; numbers: whole or in groups; account: over seven digits; word: one
cardinal alone; form: one in another case; near: a phrase close to one that means something, meaning nothing itself;
outside: Russian words of no number."""

NUMBERS: tuple[What, ...] = ("digits", "numbers", "account")
NOBODY: tuple[What, ...] = ("noise", "music", "babble")
"""In which nobody speaks to the line."""
NOTHING: tuple[What, ...] = ("foreign", *NOBODY)
"""In which nothing must be heard."""

FULL_SCALE = 32_768.0


@dataclass(frozen=True)
class Clip:
    """An utterance, its sound fetched when it is asked for."""

    name: str
    """Its own: conditions are drawn from it."""
    speaker: str
    what: What
    text: str
    fetch: Callable[[], Sound]
    synthetic: bool = False
    """Whether an engine speaks, and not a person."""


def recorded(path: Path) -> Sound:
    """A file's sound. Raises AudioError."""
    return read(path) / FULL_SCALE


def drawn(*names: object) -> np.random.Generator:
    """Chance that is the same for the same names."""
    return np.random.default_rng(crc32("/".join(map(str, names)).encode()))


def some(clips: Iterable[Clip], most: int | None) -> list[Clip]:
    """At most so many of each speaker and kind, the same ones each time; all for None."""
    groups: dict[tuple[str, What], list[Clip]] = {}
    for clip in clips:
        groups.setdefault((clip.speaker, clip.what), []).append(clip)
    return [clip for group in groups.values() for clip in _sample(group, most)]


def _sample(group: Sequence[Clip], most: int | None) -> Sequence[Clip]:
    return group if most is None or most >= len(group) else random.Random(len(group)).sample(group, most)


def spoken_part(sound: Sound, quieter: float = 30.0) -> Sound:
    """The sound without the ends that are so many dB below its loudest 20 ms."""
    frame = RATE // 50
    whole = len(sound) // frame * frame
    if not whole:
        return sound
    power = np.square(sound[:whole].reshape(-1, frame)).mean(axis=1)
    loud = np.flatnonzero(power > power.max() * 10 ** (-quieter / 10))
    return sound[loud[0] * frame : (loud[-1] + 1) * frame] if len(loud) else sound
