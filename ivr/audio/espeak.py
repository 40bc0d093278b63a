"""Synthetic voices: espeak-ng says a Russian text, inside this process, as the telephone would carry it.

The library has one state a process, so utterances are made one at a time, whichever thread asks. Facts of espeak-ng
1.52 that this is built on: a variant that is not there is passed over without a word; «сорок» gets its stress on the
wrong end, and marks of stress move none but spoil the vowel; a text said twice is not the same to the sample.
"""

import ctypes
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import espeakng_loader
import numpy as np
import soxr
from numpy.typing import NDArray

from ivr.audio import RATE

RATES, PITCHES = (80, 450), (0, 99)
"""Words a minute and pitches that espeak-ng knows."""
_SYNCHRONOUS, _AT_A_TIME_MS = 2, 200
"""Sound comes by the callback, in the thread that asks, so many milliseconds at a time."""
_DO_NOT_EXIT = 0x8000
"""Where the data are missing: an error is told instead."""
_UTF8, _PHONES, _END_PAUSE = 0x1, 0x100, 0x1000
_RATE, _PITCH = 1, 3
_SOROK = re.compile(r"\bсорок\b", re.IGNORECASE)
_MARKS = re.compile(r"\+(?=\w)|\u0301")
_OWN_SIGNS = re.compile(r"\[\[|\]\]|\0")
"""Of the engine, not of any text."""
_SYNTH: list[Any] = [ctypes.c_char_p, ctypes.c_size_t, *[ctypes.c_uint] * 4, ctypes.c_void_p, ctypes.c_void_p]
_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)

_lock = Lock()


class EspeakError(RuntimeError):
    """The engine cannot be used, or refused a text: the message says which call failed and how."""


@dataclass(frozen=True)
class Voice:
    """How a text is said. Raises ValueError for what the engine would silently replace."""

    variant: str = ""
    """One of `variants()`; empty: the engine's own man."""
    rate: int = 160
    """Words a minute."""
    pitch: int = 50

    def __post_init__(self) -> None:
        for name, value, (least, most) in (("rate", self.rate, RATES), ("pitch", self.pitch, PITCHES)):
            if not least <= value <= most:
                raise ValueError(f"{name}={value}: {least} to {most} are possible")
        if self.variant and self.variant not in variants():
            raise ValueError(f"variant={self.variant!r}: no such voice; variants() names them")


@cache
def variants() -> tuple[str, ...]:
    """Names of all variants: men, women, the old, robots too."""
    folder = Path(espeakng_loader.get_data_path(), "voices", "!v")
    return tuple(sorted(file.name for file in folder.iterdir()))


def speak(text: str, voice: Voice = Voice()) -> NDArray[np.int16]:
    """The text said by the voice at 8 kHz, marks of stress left out; shape (samples,). Raises EspeakError."""
    with _lock:
        said, rate = _engine().say(_spelt(text), voice)
    resampled: NDArray[np.int16] = soxr.resample(said, rate, RATE)
    return resampled


def _spelt(text: str) -> str:
    return _SOROK.sub("[[s'orak]]", _MARKS.sub("", _OWN_SIGNS.sub(" ", text)))


class _Engine:
    """The library, opened; one a process, used by whoever holds the lock."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self._library.espeak_Synth.argtypes = _SYNTH
        data = espeakng_loader.get_data_path().encode()
        self._rate = self._library.espeak_Initialize(_SYNCHRONOUS, _AT_A_TIME_MS, data, _DO_NOT_EXIT)
        if self._rate <= 0:
            raise EspeakError(f"espeak_Initialize gave {self._rate}; install espeakng-loader anew")
        self._said: list[NDArray[np.int16]] = []
        self._take = _Callback(self._taken)  # the library holds no reference that Python knows of
        self._library.espeak_SetSynthCallback(self._take)

    def say(self, text: str, voice: Voice) -> tuple[NDArray[np.int16], int]:
        """Samples and their rate, Hz. `text` in the engine's signs."""
        data = text.encode()
        self._said.clear()
        self._call("espeak_SetVoiceByName", (f"ru+{voice.variant}" if voice.variant else "ru").encode())
        self._call("espeak_SetParameter", _RATE, voice.rate, 0)
        self._call("espeak_SetParameter", _PITCH, voice.pitch, 0)
        self._call("espeak_Synth", data, len(data) + 1, 0, 0, 0, _UTF8 | _PHONES | _END_PAUSE, None, None)
        return np.concatenate([np.empty(0, np.int16), *self._said]), self._rate

    def _taken(self, samples: Any, count: int, events: object) -> int:
        """The callback: more sound; NULL where there is none. 0: go on."""
        if samples and count > 0:
            self._said.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 0

    def _call(self, name: str, *arguments: object) -> None:
        if status := getattr(self._library, name)(*arguments):
            raise EspeakError(f"{name} gave {status}")


@cache
def _engine() -> _Engine:
    return _Engine()
