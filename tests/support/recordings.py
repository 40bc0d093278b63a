"""The recordings of tests/data/speech: who says what."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ivr.audio.files import read

FOLDER = Path(__file__).parents[1] / "data" / "speech"
UNHEARD = frozenset(("lubimov", "kt", "carlo"))
"""Who was kept out of training."""


@dataclass(frozen=True)
class Recording:
    """A file and what is said in it."""

    name: str
    speaker: str
    text: str
    """Empty where nothing is said, or nothing in Russian."""
    kind: str
    """What it answers: number, menu, everywhere; `word`: nothing; `none`: no Russian."""
    licence: str

    @property
    def sound(self) -> NDArray[np.int16]:
        """8 kHz; shape (samples,)."""
        return sound(self.name)


def sound(name: str) -> NDArray[np.int16]:
    """The file's sound at 8 kHz; shape (samples,)."""
    return read(FOLDER / f"{name}.flac")


def recordings(*kinds: str) -> list[Recording]:
    """Those of these kinds, of people whom training did not hear, and what is no speech."""
    heading, *lines = (FOLDER / "recordings.tsv").read_text("utf-8").splitlines()
    assert heading.split("\t") == ["file", "speaker", "text", "kind", "licence"]
    found = [Recording(*line.split("\t")) for line in lines]
    return [one for one in found if one.kind in kinds and (one.speaker in UNHEARD or not one.text)]
