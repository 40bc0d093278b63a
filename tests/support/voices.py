"""Callers with synthetic voices, on the telephone."""

import random
import re

import numpy as np
from numpy.typing import NDArray

from ivr.audio.espeak import Voice, speak, variants
from ivr.audio.g711 import decode_ulaw, encode_ulaw

_INHUMAN = re.compile("whisper|robo|demon|croak|fast|mr serious", re.IGNORECASE)
PEOPLE = tuple(name for name in variants() if not _INHUMAN.search(name))


def on_the_phone(text: str, seed: str) -> NDArray[np.int16]:
    """The text by a voice, a rate, a pitch and a level drawn by the seed, through μ-law; 8 kHz."""
    rng = random.Random(seed)
    voice = Voice(rng.choice(PEOPLE), rng.randint(120, 190), rng.randint(20, 80))
    sound = speak(text, voice) * rng.uniform(0.1, 0.9)
    return decode_ulaw(encode_ulaw(sound.astype(np.int16)))
