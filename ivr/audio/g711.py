"""μ-law of ITU-T G.711, as Twilio's media streams carry it: a byte a sample, 8 kHz."""

import numpy as np
from numpy.typing import NDArray

_BIAS, _CLIP = 132, 32_635
"""Of 16-bit samples: what is added so that each segment begins at a power of two, and the loudest magnitude."""


def _table() -> NDArray[np.int16]:
    """Byte → sample; shape (256,). Bytes travel inverted: 0xFF is silence."""
    code = ~np.arange(256, dtype=np.uint8)
    segment, step = (code >> 4) & 7, code & 15
    magnitude = (((step.astype(np.int32) << 3) + _BIAS) << segment) - _BIAS
    return np.where(code & 0x80, -magnitude, magnitude).astype(np.int16)


_SAMPLES = _table()


def decode_ulaw(data: bytes) -> NDArray[np.int16]:
    """The samples of so many bytes; shape (len(data),). Any bytes are sound."""
    return _SAMPLES[np.frombuffer(data, dtype=np.uint8)]


def encode_ulaw(samples: NDArray[np.int16]) -> bytes:
    """A byte for each sample of a one-dimensional array, which must be int16."""
    wide = samples.astype(np.int32)
    magnitude = np.minimum(np.abs(wide), _CLIP) + _BIAS
    segment = np.frexp(magnitude)[1] - 8  # 132 … 32767 have 8 … 15 bits
    code = (wide < 0) * 0x80 | segment << 4 | (magnitude >> (segment + 3)) & 15
    return bytes(~code.astype(np.uint8))
