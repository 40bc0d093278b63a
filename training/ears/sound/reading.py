"""Reads recordings of any rate and kind as sound at the telephone's rate."""

import math
from pathlib import Path

import numpy as np
from scipy import signal

from training.ears.sound import audio_files
from training.ears.sound.features import RATE
from training.ears.sound.voices import Sound

LONGEST = 9.0
"""Seconds of an utterance; longer ones are left out."""


def read(path: str) -> Sound:
    """Mono at RATE, silence at the ends cut off. Raises subprocess.CalledProcessError if nobody can read it."""
    samples, rate = audio_files.load(Path(path))
    sound = samples.astype(np.float64)
    if rate != RATE:
        divisor = math.gcd(rate, RATE)
        sound = signal.resample_poly(sound, RATE // divisor, rate // divisor)
    return trim(sound)


def trim(sound: Sound, keep: float = 0.05) -> Sound:
    """Without the silence at both ends, but for `keep` seconds: batches put their own around."""
    step = RATE // 100
    blocks = sound[: len(sound) // step * step].reshape(-1, step)
    if not len(blocks):
        return sound
    level = np.sqrt((blocks**2).mean(1) + 1e-12)
    loud = np.flatnonzero(level > 0.02 * level.max())
    margin = int(keep * RATE)
    return sound[max(0, loud[0] * step - margin) : (loud[-1] + 1) * step + margin]
