"""Recordings of a person, joined."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.support.recordings import sound

PAUSE = np.zeros(1_600, np.int16)

Said = Callable[..., NDArray[np.int16]]


@pytest.fixture(scope="session")
def said() -> Said:
    """Recordings one after the other with pauses of 0.2 s: `said("1", "2")`."""

    def join(*names: str) -> NDArray[np.int16]:
        return np.concatenate([part for name in names for part in (sound(f"asterisk_ru_{name}"), PAUSE)])

    return join
