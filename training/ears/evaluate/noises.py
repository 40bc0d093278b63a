"""Sounds in which nobody says anything: hiss, hum, knocks, breath, coughs, tones of the exchange.

Made otherwise than those of training (sound/noise.py), so that a model cannot have learnt their recipe; a babble
(conditions.py) is of voices that nothing was trained on.
"""

from typing import Literal, Protocol, get_args

import numpy as np
from numpy.typing import NDArray

from ivr.audio import RATE
from training.ears.evaluate.clips import Sound

Kind = Literal["hiss", "hum", "knocks", "breath", "coughs", "tones"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SHORTEST, LONGEST = 1.5, 6.0
"""Seconds."""
QUIETEST_DB, LOUDEST_DB = -45.0, -8.0
"""Of the peak against full scale."""
_TONE_HZ = 425.0
"""Of Russian exchanges: dial, busy and ringing tone."""


def made(kind: Kind, rng: np.random.Generator) -> Sound:
    """One clip, at a drawn level."""
    length = int(RATE * rng.uniform(SHORTEST, LONGEST))
    match kind:
        case "hiss":
            sound = hiss(length, rng) * _wandering(length, rng)
        case "hum":
            sound = hum(length, rng) + 0.05 * hiss(length, rng)
        case "knocks":
            sound = _scattered(length, rng, _knock, (1, 12))
        case "breath":
            sound = _scattered(length, rng, _breath, (1, 4))
        case "coughs":
            sound = _scattered(length, rng, _cough, (1, 3))
        case "tones":
            sound = _tones(length, rng)
    peak = 10 ** (rng.uniform(QUIETEST_DB, LOUDEST_DB) / 20)
    return np.asarray(sound / np.abs(sound).max() * peak)


def hiss(length: int, rng: np.random.Generator) -> Sound:
    """Noise whose spectrum falls by 0 to 9 dB an octave; root mean square 1."""
    return band(rng.normal(size=length), 60.0, RATE / 2, rng.uniform(0.0, 1.5))


def hum(length: int, rng: np.random.Generator) -> Sound:
    """The mains' 50 Hz with its harmonics; root mean square 1."""
    time = np.arange(length) / RATE
    wave = np.zeros(length)
    for harmonic in range(1, 16):
        strength = rng.uniform(0.1, 1.0) / harmonic**0.5
        wave += strength * np.sin(2 * np.pi * 50.0 * harmonic * time + rng.uniform(0, 6.3))
    return np.asarray(wave / wave.std())


def band(sound: Sound, low: float, high: float, slope: float = 0.0) -> Sound:
    """What lies between two frequencies, falling with frequency to the power `-slope`; root mean square 1."""
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    shape = np.where((hertz >= low) & (hertz <= high), np.maximum(hertz, 60.0) ** -slope, 0.0)
    kept = np.fft.irfft(np.fft.rfft(sound) * shape, len(sound))
    return np.asarray(kept / (kept.std() + 1e-12))


def _wandering(length: int, rng: np.random.Generator) -> NDArray[np.float64]:
    knots = rng.uniform(0.2, 1.0, 6)
    return np.asarray(np.interp(np.arange(length), np.linspace(0, length, 6), knots))


def _scattered(length: int, rng: np.random.Generator, event: "_Event", counts: tuple[int, int]) -> Sound:
    """Events at drawn places over a faint hiss."""
    wave = 0.03 * hiss(length, rng)
    for _ in range(int(rng.integers(counts[0], counts[1] + 1))):
        one = event(rng)[:length]
        start = int(rng.integers(0, length - len(one) + 1))
        wave[start : start + len(one)] += one * rng.uniform(0.3, 1.0)
    return wave


class _Event(Protocol):
    """A sound of its own length: a function of the generator."""

    def __call__(self, rng: np.random.Generator) -> Sound: ...


def _knock(rng: np.random.Generator) -> Sound:
    """A resonance that dies away."""
    time = np.arange(int(RATE * rng.uniform(0.05, 0.3))) / RATE
    ring = np.sin(2 * np.pi * rng.uniform(90, 2500) * time) + 0.5 * rng.normal(size=len(time))
    return np.asarray(ring * np.exp(-time * rng.uniform(20, 120)))


def _breath(rng: np.random.Generator) -> Sound:
    """Rushing air that swells and fades."""
    length = int(RATE * rng.uniform(0.3, 1.2))
    low = rng.uniform(200, 900)
    return band(rng.normal(size=length), low, low * rng.uniform(2.5, 5)) * np.hanning(length) * 0.4


def _cough(rng: np.random.Generator) -> Sound:
    """One to three sharp bursts, each with a voiced end."""
    bursts = []
    for _ in range(int(rng.integers(1, 4))):
        time = np.arange(int(RATE * rng.uniform(0.12, 0.3))) / RATE
        air = band(rng.normal(size=len(time)), rng.uniform(300, 700), rng.uniform(1800, 3500))
        voice = np.sin(2 * np.pi * rng.uniform(90, 240) * time) * (time > 0.4 * time[-1])
        bursts += [(air + 0.7 * voice) * np.exp(-time * rng.uniform(8, 20)), np.zeros(RATE // 20)]
    return np.asarray(np.concatenate(bursts) * 0.5)


def _tones(length: int, rng: np.random.Generator) -> Sound:
    """Busy or ringing tone."""
    time = np.arange(length) / RATE
    on, off = (0.35, 0.35) if rng.random() < 0.5 else (1.0, 2.0)
    sounding = (time + rng.uniform(0, on + off)) % (on + off) < on
    return np.asarray(np.sin(2 * np.pi * _TONE_HZ * time) * sounding + 0.003 * rng.normal(size=length))
