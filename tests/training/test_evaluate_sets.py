"""Held-out sets: no speaker on both sides, conditions that are the same each time, strings put together."""

from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from ivr import data
from ivr.language import grammar
from ivr.language.grammar import Grammar
from training.ears import manifest
from training.ears.evaluate import conditions, noises, sets, splicing, truth
from training.ears.evaluate.clips import NOTHING, Clip, Sound, drawn, some, spoken_part
from training.ears.evaluate.sets import FOREIGN, PEOPLE, VOICES
from training.ears.manifest import Utterance
from training.ears.sound import audio_files
from training.ears.speakers import garbage

RATE = 8_000
TONE = np.sin(np.arange(2 * RATE) / 3) * 0.3
CROWD = [np.roll(TONE, step) * np.hanning(len(TONE)) for step in range(8)]


def tables(folder: Path, rows: Iterable[tuple[str, str, str, str]]) -> None:
    """Table, group, speaker, text: with a sound for each."""
    named: dict[str, list[Utterance]] = {}
    for number, (name, group, speaker, text) in enumerate(rows):
        path = folder / f"{name}_{number}.wav"
        audio_files.save(path, TONE.astype(np.float32), RATE)
        kind = "words" if text else "none"
        named.setdefault(name, []).append(Utterance(path, group, speaker, kind, text))  # type: ignore[arg-type]
    for name, listed in named.items():
        manifest.write(folder / f"{name}.tsv", listed)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    men = [
        ("lubimov", "human", "human-gc_lubimov_a", text)
        for text in ("один", "два", "двадцать", "минус", "ша")
    ]
    women = [("kt_f", "human", "human-kt_f", text) for text in ("птица", "дом")]
    voices = [("ru_tts", "ru_tts", speaker, "пять шесть семь") for speaker in VOICES.values()]
    others = [(name, "foreign", name, "") for name in FOREIGN.values() for _ in range(8)]
    music = [("music", "music", f"music-{piece}", "") for piece in "abcd"]
    tables(tmp_path, [*men, *women, *voices, *others, *music])
    return tmp_path


@pytest.fixture(scope="module")
def grammars() -> dict[str, Grammar]:
    return grammar.load(data.grammars())


def test_no_speaker_is_on_both_sides(folder: Path, grammars: dict[str, Grammar]) -> None:
    sides: dict[sets.Side, list[Clip]] = {
        side: sets.clips(side, grammars, sets.crowd(side, folder), folder) for side in get_args(sets.Side)
    }
    names = [{clip.name for clip in clips} for clips in sides.values()]
    assert not names[0] & names[1]
    people = [
        {clip.speaker.split()[0] for clip in clips if clip.what not in NOTHING} for clips in sides.values()
    ]
    assert not people[0] & people[1]
    assert {clip.speaker for clip in sides["calibration"] if clip.what == "foreign"} == {
        FOREIGN["calibration"]
    }
    assert {clip.what for clip in sides["calibration"]} >= {"digits", "outside", *NOTHING}
    assert PEOPLE == {"calibration": "kt_f", "test": "lubimov"}
    for clip in [*sides["calibration"], *sides["test"]]:
        assert len(clip.fetch()) > RATE // 5
        assert np.abs(clip.fetch()).max() <= 1


def test_no_foreigner_is_held_out_and_trained_on() -> None:
    """One person speaks two languages in Asterisk's packages."""
    trained, held_out = (
        {folder.rpartition("_")[2] for folder in folders.values()}
        for folders in (garbage.FOREIGN, garbage.FOREIGN_HELD_OUT)
    )
    assert not trained & held_out
    assert len(held_out) == len(garbage.FOREIGN_HELD_OUT) == len(FOREIGN)
    assert set(FOREIGN.values()) == {f"foreign_{language}" for language in garbage.FOREIGN_HELD_OUT}


def test_letters_are_left_out_and_words_are_outside(folder: Path, grammars: dict[str, Grammar]) -> None:
    said = {clip.text: clip.what for clip in sets.clips("test", grammars, (), folder)}
    assert said["минус"] == "outside"
    assert said["двадцать"] == "word"
    assert "ша" not in said


@pytest.mark.parametrize("condition", [one for one in conditions.CONDITIONS if one != "gsm"])
def test_a_condition_is_the_same_for_a_name(condition: conditions.Condition) -> None:
    heard = conditions.on_the_line(TONE, condition, "a", CROWD)
    assert heard.dtype == np.int16
    assert np.array_equal(heard, conditions.on_the_line(TONE, condition, "a", CROWD))
    if condition in ("line", "babble", "far"):
        assert not np.array_equal(heard, conditions.on_the_line(TONE, condition, "b", CROWD))


@pytest.mark.parametrize(("condition", "ratio_db"), [("line", 12.0), ("babble", 10.0)])
def test_noise_is_as_loud_as_it_says(condition: conditions.Condition, ratio_db: float) -> None:
    sound = TONE * 0.2
    noise = conditions.on_the_line(sound, condition, "a", CROWD) / 32_768 - sound
    assert 20 * np.log10(sound.std() / noise.std()) == pytest.approx(ratio_db, abs=1.0)


def test_far_is_soft_and_longer() -> None:
    heard = conditions.on_the_line(TONE, "far", "a", CROWD)
    assert len(heard) > len(TONE)
    assert 20 * np.log10(np.abs(heard / 32_768).max()) == pytest.approx(-25, abs=0.5)


@pytest.mark.parametrize("kind", noises.KINDS)
def test_noises_differ_and_keep_within_full_scale(kind: noises.Kind) -> None:
    first, second = (noises.made(kind, drawn(kind, number)) for number in (1, 2))
    assert len(first) != len(second) or not np.array_equal(first, second)
    for sound in (first, second):
        assert noises.SHORTEST <= len(sound) / RATE <= noises.LONGEST
        assert 0.005 < np.abs(sound).max() <= 10 ** (noises.LOUDEST_DB / 20) + 1e-9


def test_strings_are_what_they_say() -> None:
    edge = np.zeros(RATE // 2)

    def digit(number: int) -> Clip:
        def sound() -> Sound:
            return np.concatenate([edge, np.full(RATE // 10 * number, 0.5), edge])

        return Clip(f"{number}", "man", "word", ("один", "два", "три")[number - 1], sound)

    clips = list(splicing.strings([digit(number) for number in (1, 2, 3)], count=20))
    assert len({clip.text for clip in clips}) > 10
    for clip in clips:
        sound = clip.fetch()
        spoken = sum({"один": 0.1, "два": 0.2, "три": 0.3}[word] for word in clip.text.split())
        assert np.isclose((sound > 0.25).sum() / RATE, spoken, atol=0.1)
        assert spoken + 0.4 <= len(sound) / RATE + 0.1 <= spoken + 0.4 + 5 * splicing.LONGEST_PAUSE + 0.2
        assert np.array_equal(sound, clip.fetch())


def test_the_quiet_ends_go() -> None:
    assert len(spoken_part(np.concatenate([np.zeros(RATE), TONE, np.zeros(RATE)]))) == len(TONE)


def test_some_are_the_same_each_time() -> None:
    clips = [Clip(str(number), "man", "word", "да", lambda: TONE) for number in range(50)]
    assert some(clips, 5) == some(clips, 5)
    assert len(some(clips, 5)) == 5
    assert some(clips, None) == clips


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("пять шесть семь восемь девять", "digits"),
        ("двенадцать тысяч триста сорок пять", "numbers"),
        ("счётчик показывает двенадцать триста сорок пять", "numbers"),
        ("девять один два три четыре пять шесть семь восемь девять", "account"),
        ("сорок", "word"),
        ("пятистам", "form"),
        ("тридцатое октября", None),
        ("двести рублей", None),
        ("птица", None),
    ],
)
def test_kinds_of_numbers(text: str, kind: str | None) -> None:
    assert truth.kind_of_number(text) == kind


def test_the_last_reading_is_a_believable_one() -> None:
    for name in "abc":
        last = truth.last_before("12345", name)
        assert 12345 - truth.MOST_USED < last < 12345 - truth.FEWEST_USED + 1
        assert (
            truth.heard_exactly("двенадцать тысяч триста сорок пять", truth.sheet("12345", last)) == "12345"
        )
    assert truth.last_before("00007", "a") == 0
