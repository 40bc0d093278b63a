"""RHVoice under Wine and Festival, for real: their voices are heard by the model that ships."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soxr

from ivr.audio import RATE
from ivr.speech import model
from training.ears.manifest import CACHE, Utterance
from training.ears.sound import audio_files
from training.ears.speakers import festival, rhvoice
from training.ears.words.speaking import Speaking

TEXT = "один, три, семь"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> rhvoice.Engine:
    kept = CACHE / "rhvoice"
    return rhvoice.Engine(kept if kept.exists() else tmp_path_factory.mktemp("rhvoice"))


@pytest.mark.parametrize("speak", [rhvoice.russian, rhvoice.accented])
def test_each_voice_says_the_text(
    engine: rhvoice.Engine, tmp_path: Path, speak: Callable[..., list[Utterance]]
) -> None:
    rows = speak(engine, tmp_path, [TEXT] * 5, Speaking.load(), 1)
    assert len({row.speaker for row in rows}) == len(
        rhvoice.RUSSIAN if speak is rhvoice.russian else rhvoice.ACCENTED
    )
    ears = model.load(model.SHIPPED)
    heard = [_heard(ears, row.path) for row in rows]
    assert heard.count("один три семь") >= len(rows) - 1, heard
    made = [row.path.stat().st_mtime_ns for row in rows]
    assert speak(engine, tmp_path, [TEXT] * 5, Speaking.load(), 1) == rows
    assert [row.path.stat().st_mtime_ns for row in rows] == made


def test_each_czech_voice_says_the_text(tmp_path: Path) -> None:
    rows = festival.czech(tmp_path, [TEXT] * 4, Speaking.load(), seed=1)
    assert [row.speaker for row in rows] == [f"czech-{voice}" for voice in festival.CZECH]
    ears = model.load(model.SHIPPED)
    heard = [_heard(ears, row.path) for row in rows]
    assert heard.count("один три семь") >= 2, heard


def test_each_western_voice_says_the_text(tmp_path: Path) -> None:
    texts = [TEXT, "нет, нуль, восемь"]
    rows = [
        row
        for text in texts
        for row in festival.western(tmp_path, [text] * len(festival.WESTERN), Speaking.load(), seed=1)
    ]
    speakers = [f"festival-{voice}" for voice in festival.WESTERN]
    assert [row.speaker for row in rows] == speakers * len(texts)
    assert all(audio_files.seconds(row.path) < 3 for row in rows), "letters were spelt"
    ears = model.load(model.SHIPPED)
    heard = [_heard(ears, row.path) for row in rows[: len(speakers)]]
    assert heard.count("один три семь") >= 4, heard


def test_western_voices_are_not_asked_for_what_they_cannot_say(tmp_path: Path) -> None:
    rows = festival.western(tmp_path, ["трёх", "легко", *["пять"] * 6], Speaking.load(), seed=1)
    assert [row.text for row in rows] == ["пять"] * 6


def test_a_voice_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(festival, "CZECH", ("ph", "nobody"))
    with pytest.raises(ValueError, match="czech-nobody"):
        festival.czech(tmp_path, [TEXT] * 2, Speaking.load(), seed=1)


def test_what_the_engine_cannot_say_has_no_file(engine: rhvoice.Engine, tmp_path: Path) -> None:
    nobody = rhvoice.Wanted(tmp_path / "a.wav", "nobody", 1.0, 1.0, "да")
    silent = rhvoice.Wanted(tmp_path / "b.wav", "anna", 1.0, 1.0, " ")
    said = rhvoice.Wanted(tmp_path / "c.wav", "anna", 1.0, 1.0, "да")
    engine.speak([nobody, silent, said])
    assert not nobody.path.exists()
    assert not silent.path.exists()
    assert audio_files.seconds(said.path) > 0.2


def _heard(ears: model.Model, path: Path) -> str:
    sound, rate = audio_files.load(path)
    sound = soxr.resample(np.pad(sound, rate // 4), rate, RATE)
    decoder = ears.decoder(
        json.dumps(["один", "два", "три", "четыре", "пять", "шесть", "семь"], ensure_ascii=False), 1
    )
    decoder.AcceptWaveform((sound / np.abs(sound).max() * 10_000).astype("<i2").tobytes())
    return str(json.loads(decoder.FinalResult())["alternatives"][0]["text"])
