"""Callers with synthetic voices, on the telephone."""

import random
import re

import numpy as np
from numpy.typing import NDArray

from ivr.audio.espeak import Voice, speak, variants
from ivr.audio.g711 import decode_ulaw, encode_ulaw

_INHUMAN = re.compile("whisper|robo|demon|croak|fast|mr serious", re.IGNORECASE)
BEFORE_AND_AFTER = 2_000
"""Samples of nothing but the line."""
PEOPLE = tuple(name for name in variants() if not _INHUMAN.search(name))


def on_the_phone(text: str, seed: str) -> NDArray[np.int16]:
    """The text by a voice, rate, pitch and level drawn by the seed, on a line with its hiss and μ-law; 8 kHz."""
    rng = random.Random(seed)
    voice = Voice(rng.choice(PEOPLE), rng.randint(120, 190), rng.randint(20, 80))
    sound = np.pad(speak(text, voice) * rng.uniform(0.1, 0.9), BEFORE_AND_AFTER)
    sound += np.random.default_rng(rng.randrange(2**32)).normal(0, rng.uniform(5, 20), len(sound))
    return decode_ulaw(encode_ulaw(np.clip(sound, -32_768, 32_767).astype(np.int16)))
