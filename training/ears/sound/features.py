"""Log mel energies of telephone speech: what the network is trained on.

Vosk computes MFCC. With as many coefficients as mel bins they are an invertible linear map of the log mels, so the
network learns on log mels, where noise is a log-add and a mask is a rectangle, and the map is folded into its first
layer when it is written (`mel_from_mfcc`).
"""

import math

import kaldi_native_fbank as knf
import numpy as np
from numpy.typing import NDArray

Wave = NDArray[np.float32]
"""Samples at RATE in the range of 16 bits (±32,768)."""
Mels = NDArray[np.float32]
"""(frames of 10 ms, MELS) natural logarithms of energies."""

RATE = 8000
MELS = 40
LOW_HZ, HIGH_HZ = 40.0, 3800.0
LIFTER = 22.0
"""Kaldi's default, which belongs to the MFCC that Vosk computes."""
FLOOR = math.log(np.finfo(np.float32).eps)
"""Log mel of digital silence."""

MFCC_CONF = f"""--sample-frequency={RATE}
--use-energy=false
--num-mel-bins={MELS}
--num-ceps={MELS}
--low-freq={LOW_HZ:.0f}
--high-freq={HIGH_HZ:.0f}
--dither=0.0
"""


def log_mels(wave: Wave) -> Mels:
    """As Kaldi computes them within its MFCC; windows of 25 ms that lie wholly in the wave."""
    options = knf.FbankOptions()
    options.frame_opts.samp_freq = RATE
    options.frame_opts.dither = 0.0
    options.mel_opts.num_bins = MELS
    options.mel_opts.low_freq, options.mel_opts.high_freq = LOW_HZ, HIGH_HZ
    computer = knf.OnlineFbank(options)
    computer.accept_waveform(RATE, wave.astype(np.float32).tolist())
    computer.input_finished()
    frames = [computer.get_frame(i) for i in range(computer.num_frames_ready)]
    return np.array(frames, np.float32).reshape(-1, MELS)


def mel_from_mfcc() -> NDArray[np.float64]:
    """(MELS, MELS): log mels = this matrix @ MFCC; undoes Kaldi's orthonormal DCT and its lifter."""
    k, n = np.arange(MELS)[:, None], np.arange(MELS)[None, :]
    dct = np.sqrt(2.0 / MELS) * np.cos(np.pi / MELS * (n + 0.5) * k)
    dct[0] = np.sqrt(1.0 / MELS)
    lifter = 1.0 + 0.5 * LIFTER * np.sin(np.pi * np.arange(MELS) / LIFTER)
    return np.asarray(dct.T / lifter)


def warp_matrix(alpha: float) -> Mels:
    """(MELS, MELS), to be multiplied from the right: moves log mels along the frequency axis by the factor alpha."""
    low, high = 1127.0 * np.log1p(np.array([LOW_HZ, HIGH_HZ]) / 700.0)
    centres = low + (high - low) * (np.arange(MELS) + 1) / (MELS + 1)
    hz = 700.0 * np.expm1(centres / 1127.0) * alpha
    mel = 1127.0 * np.log1p(hz / 700.0)
    place = np.clip((mel - low) / (high - low) * (MELS + 1) - 1, 0, MELS - 1)
    base = np.minimum(place.astype(int), MELS - 2)
    matrix = np.zeros((MELS, MELS), np.float32)
    matrix[np.arange(MELS), base] = 1 - (place - base)
    matrix[np.arange(MELS), base + 1] += (place - base).astype(np.float32)
    return matrix.T
