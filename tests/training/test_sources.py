"""Where the utterances come from: tables, the man's words dealt out, speakers that stay out, sounds as files."""

from pathlib import Path

import numpy as np
import pytest

from training.ears import manifest
from training.ears.manifest import Utterance
from training.ears.sound import audio_files
from training.ears.speakers import engines, espeak, people
from training.ears.speakers.festvox import LONGEST, Stretch, phrases, with_words
from training.ears.texts.numbers_said import spaced
from training.ears.texts.wordings import bare

TONE = np.sin(np.arange(24_000) / 5).astype(np.float32)


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    rows = [
        Utterance(tmp_path / "a.wav", "man", "man", "words", "зам+ок закрыт"),
        Utterance(tmp_path / "b.wav", "effects", "effects", "none"),
    ]
    assert manifest.write(tmp_path / "table.tsv", rows) == 2
    assert manifest.read(tmp_path / "table.tsv") == rows
    assert manifest.told(rows) == "man 1, effects 1"


@pytest.mark.parametrize(
    "line", ["a.wav\tman\tman\twords", "a.wav\tnobody\tman\twords\tда", "a.wav\tman\tman\tsongs\tда"]
)
def test_a_broken_table_names_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "table.tsv").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.wav"):
        manifest.read(tmp_path / "table.tsv")


def test_a_tab_in_a_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="tab"):
        manifest.write(
            tmp_path / "table.tsv", [Utterance(tmp_path / "a.wav", "man", "man", "words", "да\tнет")]
        )


def test_words_are_dealt_out_by_their_vowels() -> None:
    parts = [
        Stretch(0.0, 1.5, spaced("g l a z aa")),
        Stretch(1.5, 3.0, spaced("s yy s k ay r k ay j")),
    ]
    assert [part.words for part in with_words(parts, "Глаз+а, - с искоркой.")] == [
        ("глаз+а",),
        ("с", "искоркой"),
    ]


def test_words_that_cannot_be_dealt_out_are_not_guessed() -> None:
    parts = [Stretch(0.0, 1.0, ("d", "aa")), Stretch(1.0, 2.0, ("d", "aa"))]
    assert [part.words for part in with_words(parts, "дада")] == [None, None]
    assert [part.words for part in with_words(parts, "да да да")] == [None, None]


def test_short_stretches_are_joined_and_long_ones_left_out() -> None:
    parts = [
        Stretch(0.0, 0.6, ("d", "aa"), ("да",)),
        Stretch(0.6, 1.4, ("n", "oo"), ("но",)),
        Stretch(1.4, 1.5 + LONGEST, ("a",), ("а",)),
    ]
    (phrase,) = phrases(parts)
    assert (phrase.start, phrase.end) == (0.0, 1.4)
    assert phrase.words == ("да", "но")
    assert phrase.phones == ("d", "aa", "SIL", "n", "oo")


def test_recordings_name_one_person_once(tmp_path: Path) -> None:
    lines = [
        "source\tspeaker\tid\ttext\tlicence",
        "a\tivrvoice_f\tone\tодин\tCC",
        "a\tkt_f\ttwo\tастериск\tGPL",
    ]
    (tmp_path / "human.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name in ("one", "two"):
        audio_files.save(tmp_path / "human" / "a" / f"{name}.wav", TONE, 16_000)
        (tmp_path / "human" / "a" / f"{name}.wav").rename(tmp_path / "human" / "a" / f"{name}.opus")
    rows = list(people.recorded(tmp_path, tmp_path / "out", "human"))
    assert [(row.group, row.speaker, row.text) for row in rows] == [
        ("woman", "woman", "один"),
        ("human", "human-kt_f", "астер+иск"),
    ]
    assert [row.text for row in people.recorded(tmp_path, tmp_path / "out", "human", people.HELD_OUT)] == [
        "астер+иск"
    ]
    assert audio_files.seconds(rows[0].path) == 1.5


def test_what_people_say_of_numbers_is_a_group_of_its_own(tmp_path: Path) -> None:
    said = [("woman", "с+орок дв+е"), ("human", "нет"), ("human", "пять яблок"), ("rhvoice", "три")]
    rows = [Utterance(tmp_path / "a.wav", group, f"{group}-one", "words", text) for group, text in said]
    assert [(row.group, row.speaker, row.text) for row in people.numbers(rows)] == [
        ("numbers", "woman-one", "с+орок дв+е"),
        ("numbers", "human-one", "нет"),
    ]


def test_files_hold_no_more_than_a_telephone_needs(tmp_path: Path) -> None:
    audio_files.save(tmp_path / "a.wav", TONE, 48_000)
    sound, rate = audio_files.load(tmp_path / "a.wav")
    assert (rate, len(sound)) == (16_000, 8_000)
    audio_files.save(tmp_path / "b.wav", TONE, 8_000)
    assert audio_files.load(tmp_path / "b.wav")[1] == 8_000
    assert audio_files.seconds(tmp_path / "missing.wav") == 0.0


def test_an_engine_that_said_next_to_nothing_has_failed(tmp_path: Path) -> None:
    audio_files.save(tmp_path / "a.wav", TONE, 16_000)
    short = Utterance(tmp_path / "a.wav", "espeak", "espeak-m1", "words", "двадцать один")
    assert engines.plausible(short)
    assert not engines.plausible(Utterance(short.path, "espeak", "espeak-m1", "words", "сорок пять " * 10))


def test_espeak_is_told_where_words_are_stressed() -> None:
    assert espeak.for_espeak("с+орок п+ять") == "[[s'orak]] пя\u0301ть"
    assert bare("зам+ок, дверь") == "замок дверь"


@pytest.mark.training_data
def test_the_words_of_recordings_can_be_said() -> None:
    from training.ears.words.speaking import Speaking

    speaking = Speaking.load()
    lines = Path(people.__file__).with_name("recorded_words.tsv").read_text("utf-8").splitlines()[1:]
    assert [line for line in lines if not speaking.known(line.split("\t")[1])] == []
