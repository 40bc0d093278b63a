"""Audio files as the recogniser takes them: WAV (PCM, float, μ-law, A-law) of any rate, FLAC, Ogg, raw μ-law.

They are read in blocks, so that a long file or one of many channels takes no more memory than its 8 kHz sound.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from ivr.audio import RATE
from ivr.audio.g711 import decode_ulaw

LONGEST_S = 300.0
"""No utterance is longer; a film's sound track would take hours to decode."""
RAW_ULAW = frozenset({".ulaw", ".ul", ".mulaw", ".pcmu"})
"""Names of files with no header: bytes of μ-law at 8 kHz, mono."""
FASTEST = 384_000
"""Hz; a header that says more is broken."""
_NOT_TOLD = 2**63 - 1
"""What libsndfile says of a file whose header has no length: FLAC written as a stream, whose last block it loses."""
_BLOCK = 65_536
"""Samples, all channels together."""

Why = Literal["missing", "empty", "not_audio", "broken", "too_long"]


class AudioError(Exception):
    """A file that cannot be heard: the message names it and says why, `why` says it for programs."""

    def __init__(self, path: Path, why: Why, detail: str) -> None:
        super().__init__(f"{path}: {detail}")
        self.path, self.why = path, why


def read(path: Path, longest_s: float = LONGEST_S) -> NDArray[np.int16]:
    """The file's sound at 8 kHz, its channels averaged; shape (samples,), at least one. Raises AudioError."""
    try:
        if not path.is_file():  # a folder, or a pipe that would never end
            raise AudioError(path, "missing", "no such file")
        if path.stat().st_size == 0:
            raise AudioError(path, "empty", "the file is empty")
        sound = _raw(path, longest_s) if path.suffix.lower() in RAW_ULAW else _coded(path, longest_s)
    except soundfile.LibsndfileError as error:
        raise AudioError(path, "not_audio", f"not audio of a known kind: {error.error_string}") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise AudioError(path, "broken", f"it cannot be read: {error}") from error
    if not len(sound):
        raise AudioError(path, "empty", "no sound in it")
    return sound


def _raw(path: Path, longest_s: float) -> NDArray[np.int16]:
    _refuse_long(path, path.stat().st_size / RATE, longest_s)
    return decode_ulaw(path.read_bytes())


def _coded(path: Path, longest_s: float) -> NDArray[np.int16]:
    with path.open("rb") as opened, soundfile.SoundFile(opened.fileno(), closefd=False) as file:
        # A bare descriptor has no name, so what it is shows from its beginning alone.
        if not 1 <= file.samplerate <= FASTEST:
            raise AudioError(path, "broken", f"{file.samplerate} samples a second")
        if file.frames == _NOT_TOLD:
            raise AudioError(path, "broken", "its header does not tell its length")
        _refuse_long(path, file.frames / file.samplerate, longest_s)
        blocks = list(_at_8_khz(file))
    return np.concatenate(blocks) if blocks else np.empty(0, np.int16)


def _at_8_khz(file: soundfile.SoundFile) -> Iterator[NDArray[np.int16]]:
    """The file's sound block by block, resampled where it must be."""
    stream = soxr.ResampleStream(file.samplerate, RATE, 1, dtype="float32")
    same = file.samplerate == RATE
    left = file.frames
    while left > 0:
        block = file.read(min(max(1, _BLOCK // file.channels), left), dtype="float32", always_2d=True)
        if not len(block):
            break  # shorter than its header says
        left -= len(block)
        mono = np.nan_to_num(block.mean(axis=1, dtype=np.float64), nan=0.0, posinf=1.0, neginf=-1.0)
        mono = np.clip(mono, -1.0, 1.0).astype(np.float32)
        yield _int16(mono if same else stream.resample_chunk(mono))
    if not same:
        yield _int16(stream.resample_chunk(np.empty(0, np.float32), last=True))


def _int16(sound: NDArray[np.float32]) -> NDArray[np.int16]:
    loud = np.rint(sound * np.float32(32_768.0))
    found: NDArray[np.int16] = np.clip(loud, -32_768, 32_767).astype(np.int16)
    return found


def _refuse_long(path: Path, seconds: float, longest_s: float) -> None:
    if seconds > longest_s:
        raise AudioError(path, "too_long", f"{seconds:.0f} s long; at most {longest_s:.0f} s are heard")
