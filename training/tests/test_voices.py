"""Voices made of others: they speak with a voice, higher or lower."""

from pathlib import Path

import numpy as np
import pytest
import pyworld

from ivr.audio import RATE
from training.ears.evaluate.clips import Sound, recorded
from training.ears.sound import voices
from training.ears.sound.voices import Voice

pytestmark = pytest.mark.filterwarnings("ignore:pkg_resources is deprecated:DeprecationWarning")  # pyworld's

RECORDINGS = Path(__file__).parents[2] / "tests" / "data" / "speech"
NAMES = ("asterisk_ru_0", "asterisk_ru_6", "kt_fish", "kt_shop", "kt_woman", "carlo_vm_theperson")


def pitch(sound: Sound) -> Sound:
    """Of the voiced frames of 5 ms, Hz."""
    found, _ = pyworld.dio(np.ascontiguousarray(sound), RATE)
    return np.asarray(found[found > 0])


@pytest.mark.parametrize("factor", [0.8, 1.0, 1.3])
@pytest.mark.parametrize("name", NAMES)
def test_a_changed_voice_is_voiced_and_of_its_own_pitch(name: str, factor: float) -> None:
    sound = recorded(RECORDINGS / f"{name}.flac")
    changed = voices.speak(sound, Voice(changed=True, pitch=factor), np.random.default_rng(1))
    before, after = pitch(sound), pitch(changed)
    assert len(after) > 0.6 * len(before)
    assert np.median(after) / np.median(before) == pytest.approx(factor, rel=0.15)


def test_a_voice_that_is_not_changed_is_only_quicker() -> None:
    sound = recorded(RECORDINGS / "kt_fish.flac")
    quicker = voices.speak(sound, Voice(speed=1.1), np.random.default_rng(1))
    assert len(quicker) == pytest.approx(len(sound) / 1.1, abs=2)


def test_somebody_else_is_drawn_as_often_as_asked() -> None:
    rng = np.random.default_rng(1)
    drawn = [voices.draw_voice(rng, change=0.8).changed for _ in range(1000)]
    assert 760 < sum(drawn) < 840
