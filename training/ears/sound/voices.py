"""New speakers out of few: the WORLD vocoder takes a voice apart and puts it together as somebody else's.

Pitch and formants move apart from each other, the low formants apart from the high ones; melody, breath, spectral
tilt and tempo change too.
"""

import math
from dataclasses import dataclass

import numpy as np
import pyworld
from numpy.typing import NDArray
from scipy import signal

from training.ears.sound.features import RATE

Sound = NDArray[np.float64]
"""Samples at RATE, full scale ±1."""

PERIOD_MS = 10.0
VOICED_BY_PITCH = -math.inf
"""D4C would tell what is voiced by what lies above 4 kHz, where there is nothing here: all would be whispered."""
EDGES_HZ = (0.0, 1000.0, 2200.0, RATE / 2)
"""Between these the warp of the frequency axis is drawn anew: F1, F2, F3 and above."""


@dataclass(frozen=True)
class Voice:
    """How a speaker differs from the one recorded. All ones and zeros: not at all."""

    changed: bool = False
    pitch: float = 1.0
    melody: float = 1.0
    """Of the pitch's movement about its mean: 0 is a monotone."""
    formants: tuple[float, ...] = (1.0, 1.0, 1.0)
    breath: float = 1.0
    """Exponent of the aperiodicity: below 1 is breathier."""
    tilt_db: float = 0.0
    """From 0 to 4 kHz."""
    speed: float = 1.0


def draw_voice(rng: np.random.Generator, *, change: float) -> Voice:
    """With the probability `change` somebody else; otherwise the same person at another speed."""
    speed = float(rng.uniform(0.85, 1.18))
    if rng.random() >= change:
        return Voice(speed=speed)
    size = rng.uniform(0.83, 1.2)
    formants = tuple(float(size * rng.uniform(0.94, 1.06)) for _ in range(3))
    lean = 0.5 * np.log(size)  # short vocal tracts tend to go with high voices
    return Voice(
        changed=True,
        pitch=float(np.exp(lean + rng.uniform(-0.35, 0.35))),
        melody=float(rng.uniform(0.4, 1.6)),
        formants=formants,
        breath=float(rng.uniform(0.6, 1.5)),
        tilt_db=float(rng.uniform(-8, 8)),
        speed=speed,
    )


def speak(sound: Sound, voice: Voice, rng: np.random.Generator) -> Sound:
    """The same words by this voice. The tempo wanders a little within the utterance."""
    if not voice.changed:
        return np.asarray(signal.resample_poly(sound, 100, round(100 * voice.speed)))
    pitch, times = pyworld.dio(sound, RATE, frame_period=PERIOD_MS, f0_floor=60.0, f0_ceil=500.0)
    envelope = pyworld.cheaptrick(sound, pitch, times, RATE)
    aperiodicity = pyworld.d4c(sound, pitch, times, RATE, threshold=VOICED_BY_PITCH)
    at = _wandering(len(pitch), voice.speed, rng)
    pitch, envelope, aperiodicity = pitch[at], envelope[at], aperiodicity[at]
    bins = envelope.shape[1]
    envelope = envelope[:, _warped(bins, voice.formants)]
    envelope *= 10 ** (voice.tilt_db * (np.arange(bins) / bins - 0.5) / 10)
    aperiodicity = np.clip(aperiodicity**voice.breath, 0.0, 1.0)
    return np.asarray(
        pyworld.synthesize(
            _sung(pitch, voice, rng),
            np.ascontiguousarray(envelope),
            np.ascontiguousarray(aperiodicity),
            RATE,
            PERIOD_MS,
        )
    )


def _sung(pitch: Sound, voice: Voice, rng: np.random.Generator) -> Sound:
    voiced = pitch > 0
    if not voiced.any():
        return pitch
    logs = np.log(pitch[voiced])
    middle = logs.mean()
    jitter = rng.normal(scale=0.01, size=len(logs))
    sung = pitch.copy()
    sung[voiced] = np.clip(
        np.exp(middle + voice.melody * (logs - middle) + jitter) * voice.pitch, 55.0, 480.0
    )
    return sung


def _warped(bins: int, formants: tuple[float, ...]) -> NDArray[np.int64]:
    """Which bin of the recorded envelope is heard at each bin: piecewise linear, continuous."""
    widths = np.diff(EDGES_HZ) * np.asarray(formants)
    moved = np.concatenate([[0.0], np.cumsum(widths)])
    heard = np.interp(np.linspace(0, RATE / 2, bins), moved, EDGES_HZ)
    return np.minimum(np.round(heard / (RATE / 2) * (bins - 1)), bins - 1).astype(np.int64)


def _wandering(frames: int, speed: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """Frame numbers to be spoken in turn: `speed` on average, slower and faster by a tenth or so."""
    knots = max(2, frames // 25)
    local = speed * np.exp(rng.normal(scale=0.12, size=knots))
    steps = np.interp(np.linspace(0, knots - 1, 2 * frames), np.arange(knots), local)
    at = np.cumsum(steps)
    return at[at < frames - 1].astype(np.int64)
