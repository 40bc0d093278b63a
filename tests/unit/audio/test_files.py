"""Any file becomes the same sound at 8 kHz; what is none is refused with its reason."""

import numpy as np
import pytest
import soundfile

from ivr.audio.files import AudioError, read
from ivr.audio.g711 import encode_ulaw


def tone(rate: int) -> np.ndarray:
    """A second of 440 Hz at half of full scale."""
    return 0.5 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)


EXPECTED = np.rint(32_768 * tone(8_000))


@pytest.mark.parametrize(
    ("name", "rate", "subtype", "apart"),
    [
        ("a.wav", 8_000, "PCM_16", 1),
        ("a.wav", 8_000, "PCM_24", 1),
        ("a.wav", 8_000, "FLOAT", 1),
        ("a.wav", 8_000, "ULAW", 520),
        ("a.wav", 8_000, "ALAW", 520),
        ("a.wav", 48_000, "PCM_16", 40),
        ("a.wav", 44_100, "PCM_16", 40),
        ("a.wav", 11_025, "PCM_U8", 400),
        ("a.flac", 16_000, "PCM_16", 40),
        ("a.ogg", 16_000, "VORBIS", 1_000),
    ],
)
@pytest.mark.parametrize("channels", [1, 2])
def test_every_kind(tmp_path, name, rate, subtype, apart, channels):
    sound = np.stack([tone(rate)] * channels, axis=1)
    soundfile.write(tmp_path / name, sound, rate, subtype=subtype)
    heard = read(tmp_path / name)
    assert heard.dtype == np.int16
    assert abs(len(heard) - 8_000) <= 1
    middle = slice(500, 7_500)  # at the ends a resampler has nothing to look at
    assert np.abs(heard[middle] - EXPECTED[middle]).max() <= apart


def test_channels_are_averaged(tmp_path):
    soundfile.write(tmp_path / "a.wav", np.stack([tone(8_000), -tone(8_000)], axis=1), 8_000)
    assert not read(tmp_path / "a.wav").any()


@pytest.mark.parametrize("name", ["a.ulaw", "a.UL", "a.pcmu"])
def test_raw_ulaw(tmp_path, name):
    (tmp_path / name).write_bytes(encode_ulaw(EXPECTED.astype(np.int16)))
    assert np.abs(read(tmp_path / name) - EXPECTED).max() <= 520


def test_16_bits_at_8_khz_stay_as_they_are(tmp_path):
    sound = np.random.default_rng(1).integers(-32_768, 32_768, 70_000).astype(np.int16)
    soundfile.write(tmp_path / "a.wav", sound, 8_000)
    assert np.array_equal(read(tmp_path / "a.wav"), sound)


def test_what_is_no_number_is_silence(tmp_path):
    soundfile.write(tmp_path / "a.wav", np.array([0.5, np.nan, np.inf, -np.inf]), 8_000, subtype="FLOAT")
    assert read(tmp_path / "a.wav").tolist() == [16_384, 0, 32_767, -32_768]


def test_a_file_that_breaks_off_is_heard_so_far(tmp_path):
    soundfile.write(tmp_path / "a.wav", tone(8_000), 8_000)
    (tmp_path / "b.wav").write_bytes((tmp_path / "a.wav").read_bytes()[:8_044])
    assert len(read(tmp_path / "b.wav")) == 4_000


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.wav", b"", "empty"),
        ("a.ulaw", b"", "empty"),
        ("a.wav", b"RIFF", "not_audio"),
        ("a.wav", "Показания счётчика\n".encode() * 100, "not_audio"),
        ("a.flac", b"fLaC" + bytes(100), "not_audio"),
        ("a.ul", b"\xff" * 2_400_001, "too_long"),
    ],
)
def test_what_is_refused(tmp_path, name, content, why):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(AudioError) as error:
        read(tmp_path / name)
    assert error.value.why == why
    assert name in str(error.value)


def test_no_sound_inside(tmp_path):
    soundfile.write(tmp_path / "a.wav", np.empty(0, np.int16), 16_000)
    with pytest.raises(AudioError) as error:
        read(tmp_path / "a.wav")
    assert error.value.why == "empty"


def test_too_long_is_told_before_it_is_read(tmp_path):
    soundfile.write(tmp_path / "a.flac", np.zeros(10_000, np.int16), 1_000)
    with pytest.raises(AudioError) as error:
        read(tmp_path / "a.flac", longest_s=9.5)
    assert error.value.why == "too_long"


def test_a_length_that_is_not_told(tmp_path):
    """FLAC written as a stream: the 36 bits of its length are zero."""
    soundfile.write(tmp_path / "a.flac", tone(8_000), 8_000)
    streamed = bytearray((tmp_path / "a.flac").read_bytes())
    streamed[21] &= 0xF0
    streamed[22:26] = bytes(4)
    (tmp_path / "a.flac").write_bytes(streamed)
    with pytest.raises(AudioError, match="length") as error:
        read(tmp_path / "a.flac")
    assert error.value.why == "broken"


@pytest.mark.parametrize("name", ["none.wav", "."])
def test_no_file(tmp_path, name):
    with pytest.raises(AudioError) as error:
        read(tmp_path / name)
    assert error.value.why == "missing"
