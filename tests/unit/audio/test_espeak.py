"""A synthetic voice says what it is given, at the telephone's rate."""

import numpy as np
import pytest

from ivr.audio import RATE
from ivr.audio.espeak import Voice, speak, variants
from tests.support.at_once import at_once


def seconds(text: str, **voice: object) -> float:
    return len(speak(text, Voice(**voice))) / RATE


def pitch(sound: np.ndarray) -> float:
    """Hz: the lag within 70 to 400 Hz at which the sound is most like itself."""
    wave = sound.astype(float)
    likeness = np.correlate(wave, wave, "full")[len(wave) - 1 :]
    lags = slice(RATE // 400, RATE // 70)
    return RATE / (lags.start + int(np.argmax(likeness[lags])))


def test_speech():
    sound = speak("двенадцать тысяч триста сорок пять")
    assert sound.dtype == np.int16
    assert sound.ndim == 1
    assert 1.5 < len(sound) / RATE < 4
    assert np.abs(sound).max() > 3_000


@pytest.mark.parametrize("text", ["", "  ", "!", "\0", "[[", "]] [[", "+", "a" * 3])
def test_hardly_a_text(text):
    assert seconds(text) < 2


def test_nothing_of_one_text_is_in_the_next():
    speak("это очень длинное предложение о показаниях счётчика")
    assert seconds("да") < 1


def test_rate_and_pitch():
    assert seconds("триста сорок", rate=100) > 1.5 * seconds("триста сорок", rate=220)
    assert pitch(speak("мама", Voice(pitch=90))) > 1.3 * pitch(speak("мама", Voice(pitch=10)))


def test_variants():
    assert {"f1", "m3", "Annie"} <= set(variants())
    assert pitch(speak("мама", Voice("f2"))) > 1.3 * pitch(speak("мама", Voice("m3")))


@pytest.mark.parametrize(
    ("fields", "message"),
    [({"variant": "nobody"}, "nobody"), ({"rate": 79}, "80 to 450"), ({"pitch": 100}, "0 to 99")],
)
def test_a_voice_that_cannot_be(fields, message):
    with pytest.raises(ValueError, match=message):
        Voice(**fields)


def test_marks_of_stress_change_nothing():
    """A mark read aloud («плюс»), or a vowel that it makes another one, would be longer or shorter."""
    plain = seconds("мама")
    assert [seconds("мам+а"), seconds("мама\u0301")] == pytest.approx([plain, plain], abs=0.005)


def test_threads_wait_for_each_other():
    texts = [" ".join(["раз"] * count) for count in (1, 2, 3, 4, 5, 6)]
    alone = [seconds(text) for text in texts]
    together = at_once(*[lambda text=text: seconds(text) for text in texts])
    assert together == pytest.approx(alone, abs=0.05)
