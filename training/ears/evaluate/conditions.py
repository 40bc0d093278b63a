"""What a telephone call does to a voice, one thing at a time; the same for a file each time."""

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from ivr.audio import RATE
from ivr.audio.g711 import decode_ulaw, encode_ulaw
from training.ears.evaluate import noises
from training.ears.evaluate.clips import FULL_SCALE, Sound, drawn

Condition = Literal["clean", "band", "line", "babble", "gsm", "clipped", "far"]
CONDITIONS: tuple[Condition, ...] = get_args(Condition)

BAND_HZ, BAND_ORDER = (300.0, 3400.0), 8
"""What an exchange lets through, by the magnitude of Butterworth filters of this order."""
IDLE = 4e-4
"""Root mean square of an idle channel's noise."""
LINE_DB, BABBLE_DB = 12.0, 10.0
"""Speech above the noise, both as power while there is speech."""
VOICES = 4
"""In a babble."""
CLIPPED = 0.2
"""Share of the peak at which it is cut off."""
FAR_DB = -25.0
"""Of the peak against full scale, a few metres from the telephone."""
_FAR_S, _FAR_RATIO_DB = 0.4, 0.0
"""The room's reverberation: until it is 60 dB down, and its power against the direct sound's."""


def on_the_line(sound: Sound, condition: Condition, name: str, crowd: Sequence[Sound]) -> NDArray[np.int16]:
    """The sound as the line gets it: int16 at 8 kHz, shape (samples,). All but the clean one went through μ-law.

    `name`: what chance is drawn from. `crowd`: voices for the babble, more than VOICES of them.
    """
    rng = drawn(condition, name)
    if condition == "clean":
        return _int16(sound)
    return decode_ulaw(encode_ulaw(_int16(_changed(sound, condition, crowd, rng))))


def babble(crowd: Sequence[Sound], length: int, rng: np.random.Generator) -> Sound:
    """VOICES of the crowd at once; root mean square 1."""
    mixed = np.zeros(length)
    for place in rng.choice(len(crowd), VOICES, replace=False):
        voice = np.resize(crowd[place], length + RATE)
        start = int(rng.integers(0, RATE))
        mixed += voice[start : start + length] / (voice.std() + 1e-9)
    return np.asarray(mixed / (mixed.std() + 1e-9))


def _changed(sound: Sound, condition: Condition, crowd: Sequence[Sound], rng: np.random.Generator) -> Sound:
    match condition:
        case "band":
            return band(sound) + IDLE * rng.normal(size=len(sound))
        case "line":
            noise = noises.hum(len(sound), rng) + noises.hiss(len(sound), rng)
            return _over(sound, noise / noise.std(), LINE_DB)
        case "babble":
            return _over(sound, babble(crowd, len(sound), rng), BABBLE_DB)
        case "gsm":
            from training.ears.sound.telephone import through_codec  # needs what training needs

            return through_codec(sound, "GSM610")
        case "clipped":
            peak = np.abs(sound).max()
            return np.asarray(np.clip(sound, -CLIPPED * peak, CLIPPED * peak))
        case "far":
            return _far(sound, rng)
    return sound


def band(sound: Sound) -> Sound:
    """What is left of it within BAND_HZ."""
    hertz = np.maximum(np.fft.rfftfreq(len(sound), 1 / RATE), 1.0)
    low, high = BAND_HZ
    power = (1 + (low / hertz) ** (2 * BAND_ORDER)) * (1 + (hertz / high) ** (2 * BAND_ORDER))
    return np.asarray(np.fft.irfft(np.fft.rfft(sound) / np.sqrt(power), len(sound)))


def _over(sound: Sound, noise: Sound, ratio_db: float) -> Sound:
    """`noise` of mean power 1 under the speech; the sum is turned down where it would not fit."""
    mixed = sound + noise * speech_level(sound) * 10 ** (-ratio_db / 20)
    return np.asarray(mixed / max(1.0, float(np.abs(mixed).max())))


def speech_level(sound: Sound) -> float:
    """Root mean square of the frames of 20 ms that are within 20 dB of the loudest."""
    frame = RATE // 50
    power = np.square(np.resize(sound, max(1, len(sound) // frame) * frame).reshape(-1, frame)).mean(axis=1)
    return float(np.sqrt(power[power >= power.max() / 100].mean()))


def _far(sound: Sound, rng: np.random.Generator) -> Sound:
    length = int(RATE * _FAR_S)
    tail = rng.normal(size=length) * np.exp(-6.9 * np.arange(length) / length)
    tail *= 10 ** (_FAR_RATIO_DB / 20) / np.sqrt(np.square(tail).sum())
    tail[0] = 1.0
    size = len(sound) + length
    wet = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(tail, size), size)
    return np.asarray(wet / (np.abs(wet).max() + 1e-9) * 10 ** (FAR_DB / 20))


def _int16(sound: Sound) -> NDArray[np.int16]:
    return np.clip(np.rint(sound * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)
