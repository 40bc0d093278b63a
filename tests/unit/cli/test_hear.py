"""`ivr hear`: a JSON line for each file, of the fields of the contract; `ivr model info`."""

import io
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

from ivr.audio.files import read
from ivr.audio.g711 import encode_ulaw
from ivr.cli import main
from ivr.speech.model import SHIPPED

RECORDINGS = Path(__file__).parents[2] / "data" / "speech"
FIFTY, FIVE = (str(RECORDINGS / f"asterisk_ru_{name}.flac") for name in ("50", "5"))
FIELDS = {"file", "text", "confidence", "words", "alternatives", "no_match"}


@pytest.fixture(autouse=True)
def _own_model(monkeypatch):
    monkeypatch.delenv("IVR_VOSK_MODEL", raising=False)


def hear(*words, lines=None, exit_code=0):
    given = None if lines is None else io.BytesIO(b"".join(line + b"\n" for line in lines))
    result = CliRunner().invoke(main, ["hear", *words], input=given, catch_exceptions=False)
    assert result.exit_code == exit_code, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_number():
    (answer,) = hear(FIFTY, "--as", "number", "--digits", "2")
    assert answer.keys() == FIELDS | {"values"}
    assert (answer["file"], answer["text"], answer["no_match"]) == (FIFTY, "пятьдесят", False)
    assert answer["values"][0]["value"] == "50"
    assert answer["values"][0].keys() == {"value", "cost"}
    assert answer["words"][0].keys() == {"word", "start", "end", "confidence"}
    assert answer["alternatives"][0].keys() == {"text", "score"}
    assert answer["alternatives"][0]["text"] == "пятьдесят"


@pytest.mark.parametrize(
    ("kind", "more"),
    [("menu", {"meaning"}), ("yesno", {"meaning"}), ("everywhere", {"meaning"}), ("text", set())],
)
def test_the_fields_of_each_kind(kind, more):
    (answer,) = hear(FIVE, "--as", kind)
    assert answer.keys() - {"reason"} == FIELDS | more
    assert kind == "menu" or answer.get("meaning") is None  # there «пять» is heard as «опять»


def test_the_register_counts(tmp_path):
    sound = np.concatenate([read(RECORDINGS / f"asterisk_ru_{digit}.flac") for digit in "12345"])
    soundfile.write(tmp_path / "a.wav", sound, 8_000)
    (answer,) = hear(
        str(tmp_path / "a.wav"), "--as", "number", "--digits", "5", "--last", "12300", "--usual", "150"
    )
    assert answer["values"][0]["value"] == "12345"
    narrow = hear(str(tmp_path / "a.wav"), "--as", "number", "--digits", "4")[0]["values"]
    assert all(len(one["value"]) <= 4 for one in narrow)


def test_no_odd_name_ends_the_others(tmp_path):
    shutil.copy(FIVE, tmp_path / "call.raw")
    odd = [str(tmp_path / "call.raw"), "a" * 300, "/", "", FIVE]
    first, *broken, last = hear(
        "--stdin", "--as", "number", lines=[name.encode() for name in odd], exit_code=1
    )
    assert first["text"] == last["text"] == "пять"
    assert all("error" in answer for answer in broken)


def test_what_is_not_believed_has_no_values(tmp_path):
    rng = np.random.default_rng(3)
    soundfile.write(tmp_path / "a.wav", rng.normal(0, 0.2, 16_000), 8_000)
    (answer,) = hear(str(tmp_path / "a.wav"), "--as", "number")
    assert answer["no_match"]
    assert answer["values"] == []


def test_silence_is_no_match(tmp_path):
    soundfile.write(tmp_path / "a.wav", np.zeros(16_000), 16_000)
    for kind in ("number", "menu", "yesno", "everywhere", "text"):
        (answer,) = hear(str(tmp_path / "a.wav"), "--as", kind)
        assert (answer["text"], answer["no_match"], answer["reason"]) == ("", True, "silence")
        assert not answer.get("meaning")
        assert not answer.get("values")


def test_any_kind_of_file(tmp_path):
    sound = read(Path(FIFTY))
    soundfile.write(tmp_path / "a.wav", np.stack([sound, sound], axis=1), 8_000, subtype="ULAW")
    (tmp_path / "b.ulaw").write_bytes(encode_ulaw(sound))
    answers = hear(str(tmp_path / "a.wav"), str(tmp_path / "b.ulaw"), "--as", "number")
    assert [answer["text"] for answer in answers] == ["пятьдесят"] * 2


def test_names_from_standard_input_and_files_that_are_none(tmp_path):
    (tmp_path / "letter.wav").write_text("Уважаемые потребители!")
    lines = [FIVE.encode(), b"", b"/nowhere\xff.wav", str(tmp_path / "letter.wav").encode(), FIFTY.encode()]
    answers = hear("--stdin", "--as", "number", lines=lines, exit_code=1)
    assert [answer.get("text") for answer in answers] == ["пять", None, None, None, "пятьдесят"]
    assert [answer.get("error") for answer in answers] == [
        None, "файла нет", "файла нет", "это не звук или звук неизвестного вида", None,
    ]  # fmt: skip
    assert answers[2] == {"file": "/nowhere\ufffd.wav", "error": "файла нет"}


@pytest.mark.parametrize(
    "words", [(), (FIVE, "--stdin", "--as", "number"), (FIVE,), (FIVE, "--as", "song"), ("--as", "text")]
)
def test_asked_wrongly(words):
    result = CliRunner().invoke(main, ["hear", *words])
    assert result.exit_code == 2
    assert "Ошибка" in result.output


class TestModel:
    def info(self, *words):
        return CliRunner().invoke(main, ["model", "info", *words], catch_exceptions=False)

    def test_the_shipped_one(self):
        told = self.info()
        assert told.exit_code == 0
        assert f"Папка: {SHIPPED}" in told.stdout
        assert "Частота: 8000 Гц" in told.stdout

    def test_as_a_row(self):
        row = json.loads(self.info("--json").stdout)
        assert row.keys() == {
            "folder", "bytes", "words", "rate", "run_time_grammars", "licence", "calibrated", "missing",
        }  # fmt: skip
        assert row["words"] > 50
        assert row["bytes"] <= 20_000_000

    def test_another_one(self, monkeypatch, tmp_path):
        monkeypatch.setenv("IVR_VOSK_MODEL", str(shutil.copytree(SHIPPED, tmp_path / "other")))
        assert f"Папка: {tmp_path / 'other'}" in self.info().stdout

    @pytest.mark.parametrize("command", [("model", "info"), ("hear", FIVE, "--as", "number")])
    def test_no_model(self, monkeypatch, tmp_path, command):
        monkeypatch.setenv("IVR_VOSK_MODEL", str(tmp_path))
        result = CliRunner().invoke(main, command, catch_exceptions=False)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(
            f"Модель речи не читается: {tmp_path}: no Vosk model, am/final.mdl is missing"
        )
