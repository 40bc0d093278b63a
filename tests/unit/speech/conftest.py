"""The shipped model, the line's grammars, and recordings of people."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ivr import data
from ivr.audio.files import read
from ivr.language import grammar
from ivr.speech import model
from ivr.speech.recogniser import Ears

RECORDINGS = Path(__file__).parents[2] / "data" / "speech"
PAUSE = np.zeros(1_600, np.int16)

Said = Callable[..., NDArray[np.int16]]


@pytest.fixture(scope="session")
def ears() -> Ears:
    return Ears(model.load(), grammar.load(data.grammars()))


@pytest.fixture(scope="session")
def said() -> Said:
    """Recordings one after the other with pauses of 0.2 s: `said("1", "2")`."""

    def join(*names: str) -> NDArray[np.int16]:
        return np.concatenate([part for name in names for part in (_recording(name), PAUSE)])

    return join


def _recording(name: str) -> NDArray[np.int16]:
    return read(RECORDINGS / f"asterisk_ru_{name}.flac")
