"""What lies between a mouth and the line: a room, a microphone, a band, a level, a codec, lost packets."""

import io

import numpy as np
import soundfile
from scipy import signal

from training.ears.sound.features import RATE, Wave
from training.ears.sound.voices import Sound

PACKET = RATE // 50
"""Samples of 20 ms."""


def call(sound: Sound, rng: np.random.Generator) -> Wave:
    """One drawn line: the sound as the other end of a telephone hears it."""
    if rng.random() < 0.4:
        sound = _room(sound, rng)
    if rng.random() < 0.75:
        sound = _band(sound, rng)
    peak = 10 ** (rng.uniform(-26, 0) / 20)
    sound = sound / (np.abs(sound).max() + 1e-9) * peak
    if rng.random() < 0.2:
        most = peak * rng.uniform(0.1, 0.6)
        sound = np.clip(sound, -most, most)
    sound = _coded(sound, rng)
    if rng.random() < 0.07:
        sound = _lost(sound, rng)
    wave: Wave = np.clip(np.round(sound * 32767), -32768, 32767).astype(np.float32)
    return wave


def _room(sound: Sound, rng: np.random.Generator) -> Sound:
    """The direct sound, and noise that decays by 60 dB within 0.1 to 0.6 s behind it."""
    length = int(RATE * rng.uniform(0.1, 0.6))
    response = rng.normal(size=length) * np.exp(-6.9 * np.arange(length) / length) * rng.uniform(0.02, 0.15)
    response[0] = 1.0
    return np.asarray(signal.fftconvolve(sound, response)[: len(sound) + length // 3])


def _band(sound: Sound, rng: np.random.Generator) -> Sound:
    edges = [rng.uniform(80, 400), rng.uniform(2900, 3850)]
    sections = signal.butter(int(rng.integers(1, 5)), edges, "bandpass", fs=RATE, output="sos")
    return np.asarray(signal.sosfilt(sections, sound))


def _coded(sound: Sound, rng: np.random.Generator) -> Sound:
    """μ-law as Twilio's, A-law as Russia's exchanges', GSM full rate, or nothing."""
    subtype = rng.choice(["", "ULAW", "ALAW", "GSM610"], p=[0.35, 0.25, 0.15, 0.25])
    return through_codec(sound, subtype) if subtype else sound


def through_codec(sound: Sound, subtype: str) -> Sound:
    """Written and read again by libsndfile as `subtype` («ULAW», «ALAW», «GSM610»)."""
    file = io.BytesIO()
    soundfile.write(file, sound, RATE, format="WAV", subtype=subtype)
    file.seek(0)
    return np.asarray(soundfile.read(file)[0])


def _lost(sound: Sound, rng: np.random.Generator) -> Sound:
    sound = sound.copy()
    for start in range(0, len(sound), PACKET):
        if rng.random() < 0.04:
            sound[start : start + PACKET] = 0.0
    return sound
