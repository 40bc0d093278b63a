"""How loud an utterance is, frame by frame, and whether it is a tone, as it comes."""

import numpy as np
from numpy.typing import NDArray

FRAME = 240
"""Samples: 30 ms at 8 kHz, the step of Vosk's word times."""
FRAME_S = 0.03
_FLOOR = -96.0
"""dBFS of digital silence in 16 bits."""
_WINDOW, _HOP = 1024, 512
"""Samples: 128 ms tell 8 Hz apart, and a voice never stands so still."""
_LINE = 2
"""Bins on each side that a tone's energy spreads to."""
_HANN = np.hanning(_WINDOW)


class Level:
    """Of one utterance; one thread at a time."""

    def __init__(self) -> None:
        self._rest = np.empty(0, np.int16)
        self._frames: list[NDArray[np.float64]] = []
        self._window = np.empty(0, np.int16)
        self._spectrum = np.zeros(_WINDOW // 2 + 1)
        self.samples = 0

    def accept(self, sound: NDArray[np.int16]) -> None:
        """More of it, 8 kHz; shape (samples,)."""
        self.samples += len(sound)
        self._accept_windows(sound)
        sound = np.concatenate([self._rest, sound])
        whole = len(sound) // FRAME * FRAME
        self._rest = sound[whole:]
        squares = np.square(sound[:whole].reshape(-1, FRAME) / 32_768.0)
        self._frames.append(_decibels(squares.mean(axis=1)))

    @property
    def frames(self) -> NDArray[np.float64]:
        """dBFS of each whole frame so far; shape (frames,), float64, -96 at least."""
        return np.concatenate(self._frames) if self._frames else np.empty(0)

    @property
    def tone(self) -> float:
        """Share of all energy that lies within 20 Hz of the strongest frequency: near 1 for a dial or busy tone."""
        whole = float(self._spectrum.sum())
        if not whole:
            return 0.0
        strongest = int(self._spectrum.argmax())
        return float(self._spectrum[max(0, strongest - _LINE) : strongest + _LINE + 1].sum()) / whole

    def _accept_windows(self, sound: NDArray[np.int16]) -> None:
        sound = np.concatenate([self._window, sound])
        count = max(0, (len(sound) - _WINDOW) // _HOP + 1)
        self._window = sound[count * _HOP :]
        if count:
            windows = np.lib.stride_tricks.sliding_window_view(sound, _WINDOW)[::_HOP] / 32_768.0
            windows = windows - windows.mean(axis=1, keepdims=True)
            self._spectrum += np.square(np.abs(np.fft.rfft(windows * _HANN))).sum(axis=0)

    def during(self, start: float, end: float) -> float:
        """dBFS, the mean over the frames from one second to the other; -96 where there is none."""
        part = self.frames[int(start / FRAME_S) : max(int(end / FRAME_S), int(start / FRAME_S) + 1)]
        return float(_decibels(np.power(10.0, part / 10.0).mean())) if len(part) else _FLOOR

    def background(self) -> float:
        """dBFS of the quietest tenth."""
        return float(np.quantile(self.frames, 0.1)) if len(self.frames) else _FLOOR


def _decibels(power: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.maximum(10.0 * np.log10(np.maximum(power, 1e-12)), _FLOOR)
