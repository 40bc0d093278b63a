"""What is heard beside speech: hiss, hum, knocks, breath, tones, babble."""

import random
from collections.abc import Sequence

import numpy as np
from scipy import signal

from training.ears.sound.features import FLOOR, MELS, RATE, Mels, log_mels

SECONDS = 6
FRAMES = SECONDS * 100
STEADY, MUSIC = 90, 4
"""Clips. Tones are few, and never alone: what is trained as silence must not be like a voice, or a stranger's words
are silence."""
BABBLE = 0.3
"""Share of the noises under speech that are a babble."""
FEWEST, MOST = 3, 8
"""Voices of a babble."""


class Noise:
    """Noises as log mels with a mean level of zero: clips, and babbles that are made anew."""

    def __init__(self, speech: Sequence[Mels], seed: int) -> None:
        """`speech`: utterances of many speakers, for the babble."""
        self.speech = speech
        rng = np.random.default_rng(seed)
        self.steady = [_levelled(log_mels(_clip(rng) * 1000)) for _ in range(STEADY)]
        music = [_levelled(log_mels(_music(rng) * 1000)) for _ in range(MUSIC)]
        self.wordless = [*self.steady, *music]

    def over(self, mels: Mels, level: float, rng: random.Random) -> Mels:
        """With a noise of this mean level (a natural logarithm of energy) added."""
        if rng.random() < BABBLE:
            noise = self.babble(len(mels), rng)
        else:
            start = rng.randrange(FRAMES)
            noise = _looped(rng.choice(self.wordless), start, len(mels))
        return np.asarray(np.logaddexp(mels, noise + level))

    def babble(self, frames: int, rng: random.Random) -> Mels:
        """Several voices at once, none louder than another; anew each time. Mean level zero."""
        mixed = np.full((frames, MELS), FLOOR, np.float32)
        for _ in range(rng.randint(FEWEST, MOST)):
            voice = rng.choice(self.speech)
            part = _looped(voice, rng.randrange(len(voice)), frames).astype(np.float32)
            mixed = np.logaddexp(mixed, part - loudness(part))
        return np.asarray(mixed - loudness(mixed), np.float32)

    def alone(self, rng: random.Random) -> Mels:
        """Noise in which nobody says anything."""
        start = rng.randrange(FRAMES // 2)
        clip = rng.choice(self.steady)
        mels: Mels = clip[start : start + rng.randint(40, 250)] + rng.uniform(2, 18)
        if rng.random() < 0.3:
            mels = np.maximum(mels, FLOOR)
            mels[: rng.randrange(len(mels))] = FLOOR
        return np.maximum(mels, FLOOR)

    def pause(self, frames: int, level: float, rng: random.Random) -> Mels:
        """Digital silence between words; often with breaths or knocks in it below `level`, behind a word too."""
        rows = np.full((frames, MELS), FLOOR, np.float32)
        if frames >= 5 and rng.random() < 0.5:
            for _ in range(rng.choice([1, 1, 2])):
                length = rng.randint(2, min(frames, 35))
                clip, at = rng.choice(self.steady), rng.randrange(FRAMES - 60)
                start = rng.choice([0, rng.randrange(frames - length + 1)])
                fading = np.linspace(0, rng.uniform(0, 4), length, dtype=np.float32)[:, None]
                burst = clip[at : at + length] + level - rng.uniform(1, 6) - fading
                rows[start : start + length] = np.maximum(burst, FLOOR)
        return rows


def _looped(mels: Mels, start: int, frames: int) -> Mels:
    """So many frames from `start` on, over and over."""
    return np.asarray(np.take(mels, np.arange(start, start + frames) % len(mels), 0))


def loudness(mels: Mels) -> float:
    """Natural logarithm of the mean energy."""
    return float(np.log(np.exp(mels.astype(np.float64)).mean()))


def _levelled(mels: Mels) -> Mels:
    return np.asarray(np.resize(mels, (FRAMES, MELS)) - loudness(mels), np.float32)


def _clip(rng: np.random.Generator) -> np.ndarray:
    """Coloured noise whose level wanders; often with hum, clicks, breaths or a hammering on top."""
    length = SECONDS * RATE
    spectrum = np.fft.rfft(rng.normal(size=length))
    spectrum /= np.maximum(np.arange(length // 2 + 1), 50) ** rng.uniform(0, 1.2)
    wave = np.fft.irfft(spectrum)
    wave /= wave.std()
    wave *= np.interp(np.arange(length), np.linspace(0, length, 8), rng.uniform(0.3, 1.5, 8))
    if rng.random() < 0.3:
        hum = signal.sawtooth(2 * np.pi * rng.choice([50, 100, 150]) * np.arange(length) / RATE)
        wave += rng.uniform(0.5, 2) * hum
    if rng.random() < 0.3:
        wave[rng.integers(0, length, 40)] += rng.normal(size=40) * 30
    if rng.random() < 0.3:
        wave += _bursts(rng, length)
    return np.asarray(wave)


def _bursts(rng: np.random.Generator, length: int) -> np.ndarray:
    """Breaths and knocks: short bands of noise that rise and decay."""
    wave = np.zeros(length)
    for start in rng.integers(0, length - RATE, int(rng.integers(2, 12))):
        size = int(RATE * rng.uniform(0.03, 0.6))
        low = rng.uniform(100, 2000)
        band = signal.butter(
            2, [low, min(3900, low * rng.uniform(1.5, 4))], "bandpass", fs=RATE, output="sos"
        )
        burst = signal.sosfilt(band, rng.normal(size=size)) * np.hanning(size) ** rng.uniform(0.3, 2)
        wave[start : start + size] += burst / (burst.std() + 1e-9) * rng.uniform(0.5, 4)
    return wave


def _music(rng: np.random.Generator) -> np.ndarray:
    """Chords of harmonic tones that change, as music on hold and ringing tones do."""
    length = SECONDS * RATE
    time = np.arange(length) / RATE
    wave = rng.normal(size=length) * 0.02
    note = int(RATE * rng.uniform(0.12, 0.9))
    for start in range(0, length, note):
        part = time[start : start + note]
        for _ in range(int(rng.integers(1, 4))):
            pitch = 110 * 2 ** (rng.integers(0, 36) / 12)
            for harmonic in range(1, int(rng.integers(2, 8))):
                wave[start : start + note] += np.sin(2 * np.pi * pitch * harmonic * part) / harmonic
        wave[start : start + note] *= np.exp(-rng.uniform(0, 4) * (part - part[0]))
    return np.asarray(wave / wave.std())
