"""μ-law against the standard's own points, and against libsndfile's coder."""

import numpy as np
import soundfile

from ivr.audio.g711 import decode_ulaw, encode_ulaw

ALL = np.arange(-32_768, 32_768).astype(np.int16)


def test_the_standards_points():
    assert decode_ulaw(b"\xff\x7f\x00\x80\xf0\x8f").tolist() == [0, 0, -32_124, 32_124, 120, 16_764]
    assert decode_ulaw(b"").shape == (0,)


def test_every_byte_comes_back():
    sound = decode_ulaw(bytes(range(256)))
    assert sound.dtype == np.int16
    there = np.frombuffer(encode_ulaw(sound), np.uint8)
    assert set(np.flatnonzero(there != np.arange(256))) == {0x7F}  # minus zero


def test_every_sample_as_another_coder_has_it(tmp_path):
    soundfile.write(tmp_path / "all.wav", ALL, 8_000, subtype="ULAW")
    theirs, _ = soundfile.read(tmp_path / "all.wav", dtype="int16")
    assert np.array_equal(decode_ulaw(encode_ulaw(ALL)), theirs)
