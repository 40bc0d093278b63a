"""Recordings of any kind made WAV files of one channel and 16 bits, and how long a file lasts."""

import subprocess
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""One channel, full scale ±1."""

RATE = 16_000
"""Highest rate that is kept: a telephone has half of it."""


def load(path: Path) -> tuple[Samples, int]:
    """Samples and rate, the first channel. Raises subprocess.CalledProcessError if nobody can read it."""
    try:
        sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
        return sound[:, 0], int(rate)
    except soundfile.LibsndfileError:  # libsndfile refuses Opus files of less than about half a second
        command = ["ffmpeg", "-v", "error", "-i", str(path), "-ac", "1", "-ar", str(RATE), "-f", "f32le", "-"]
        raw = subprocess.run(command, check=True, capture_output=True).stdout
        return np.frombuffer(raw, "<f4").copy(), RATE


def save(path: Path, sound: Samples, rate: int) -> None:
    """Writes a WAV at RATE, or at `rate` if that is lower."""
    if rate > RATE:
        sound, rate = soxr.resample(sound, rate, RATE), RATE
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")  # what is there is kept, so it must be whole
    soundfile.write(part, np.clip(sound, -1, 1), rate, subtype="PCM_16", format="WAV")
    part.replace(path)


def copy(source: Path, target: Path) -> Path:
    """The source as a WAV at `target`, made unless it is there."""
    if not target.exists():
        save(target, *load(source))
    return target


def seconds(path: Path) -> float:
    """Length of a WAV file; 0 for one that is broken or missing."""
    try:
        return float(soundfile.info(path).duration)
    except soundfile.LibsndfileError:
        return 0.0
