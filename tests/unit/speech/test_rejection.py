"""What is not believed, by a calibration or without one; a broken one is named."""

import json
from dataclasses import replace

import numpy as np
import pytest

from ivr.audio import RATE
from ivr.speech import rejection
from ivr.speech.errors import ModelError
from ivr.speech.level import Level
from ivr.speech.rejection import FEATURES, TONE, Calibration, Verdict, features, judge
from ivr.speech.results import Alternative, Word, pooled
from tests.support.recordings import recordings

DEFAULT = Verdict()


def words(*found: tuple[str, float, float, float]) -> Alternative:
    said = tuple(Word(*one) for one in found)
    return Alternative(" ".join(word.word for word in said), -10.0, -5.0, said, "numbers")


def heard(*found: tuple[str, float, float, float]) -> tuple[float, str]:
    best = words(*found)
    return judge(DEFAULT, best, features(best, [], None, Level()) if best.words else {})


@pytest.mark.parametrize(("lowest", "reason"), [(0.99, ""), (0.71, ""), (0.69, "unsure"), (0.0, "unsure")])
def test_without_a_calibration_the_least_sure_word_decides(lowest, reason):
    confidence, why = heard(("пять", 0.0, 0.3, 1.0), ("шесть", 0.3, 0.7, lowest))
    assert confidence == pytest.approx(max(lowest, 0.001), abs=1e-6)
    assert why == reason


def test_silence_and_the_unknown():
    assert heard() == (0.0, "silence")
    assert heard(("[unk]", 0.0, 0.5, 1.0)) == (0.0, "unknown")
    assert heard(("[unk]", 0.0, 0.5, 1.0), ("пять", 0.5, 0.8, 1.0))[1] == ""


@pytest.mark.parametrize(("seconds", "reason"), [(0.3, "unknown"), (0.1, "")])
def test_a_digit_that_nobody_understood_is_asked_for_again(seconds, reason):
    said = (("один", 0.0, 0.3, 1.0), ("[unk]", 0.3, 0.3 + seconds, 1.0), ("пять", 0.7, 1.0, 1.0))
    assert heard(*said)[1] == reason
    assert heard(*said[:2])[1] == heard(*said[1:])[1] == ""


RIVALS = (("триста пятьдесят", 0.0), ("триста пятнадцать", -0.2), ("триста шестнадцать", -4.0))


@pytest.mark.parametrize(("kind", "reason"), [("number", ""), ("yesno", "unsure")])
def test_one_of_two_numbers_is_believed_since_the_caller_is_asked_which(kind, reason):
    found = pooled([[Alternative(text, score, score, spread(text), "numbers") for text, score in RIVALS]])
    best = rejection.judged(found, kind, scale=0.5)
    assert judge(DEFAULT, best, features(best, found[1:], None, Level()))[1] == reason
    three = pooled([[replace(one, score=0.0) for one in found]])
    assert judge(DEFAULT, three[0], features(rejection.judged(three, kind, 0.5), three[1:], None, Level()))[1]


def spread(text: str) -> tuple[Word, ...]:
    return tuple(Word(word, place, place + 0.9, 1.0) for place, word in enumerate(text.split()))


def test_features():
    level = Level()
    level.accept(np.zeros(4_800, np.int16))
    level.accept((8_192 * np.sqrt(2) * np.sin(np.arange(4_800))).astype(np.int16))
    best = words(("[unk]", 0.6, 0.7, 0.9), ("пять", 0.7, 1.0, 0.5))
    other = Alternative("шесть", -12.5, -8.0, (), "numbers")
    found = features(best, [other], -15.0, level)
    assert tuple(found) == FEATURES
    assert found["lowest"] == 0
    assert found["unknown"] == pytest.approx(0.25)
    assert found["margin"] == 2.5
    assert found["sound"] == pytest.approx(-5 / 40)
    assert found["filler"] == pytest.approx(10 / 40)
    assert found["level"] == pytest.approx(-12.04, abs=0.1)
    assert found["above_background"] == pytest.approx(96 - 12.04, abs=0.1)
    assert found["shortest"] == pytest.approx(np.log(0.3 / 0.28))


@pytest.mark.parametrize(("seconds", "same"), [(0.3, True), (0.55, True), (0.7, False)])
def test_a_slow_voice_is_not_held_against_the_caller(seconds, same):
    """«Пять» in 0.55 s is a person's who dictates; in 0.7 s it was heard in something else."""
    usual, slow = (
        features(words(("пять", 0.0, end, 1.0)), [], None, Level())["longest"] for end in (0.2, seconds)
    )
    assert (slow == usual) is same


def test_the_level_is_the_same_in_whatever_pieces_it_comes():
    sound = np.random.default_rng(2).integers(-5_000, 5_000, 10_000).astype(np.int16)
    whole, pieces = Level(), Level()
    whole.accept(sound)
    for start in range(0, 10_000, 137):
        pieces.accept(sound[start : start + 137])
    assert np.array_equal(whole.frames, pieces.frames)
    assert len(whole.frames) == 41
    assert pieces.samples == 10_000


def tone(*, hz=425.0, seconds=2.0, on=0.35, off=0.35, noise=0.0):
    """A busy tone by default."""
    time = np.arange(int(seconds * RATE)) / RATE
    sound = np.sin(2 * np.pi * hz * time) * (time % (on + off) < on)
    return ((sound + noise * np.random.default_rng(1).normal(size=len(time))) * 6_000).astype(np.int16)


def level_of(sound, step=137):
    level = Level()
    for start in range(0, len(sound), step):
        level.accept(sound[start : start + step])
    return level


@pytest.mark.parametrize(
    "sound", [tone(), tone(on=0.7, off=0.0), tone(hz=950, noise=0.05), tone(on=1.0, off=4.0)]
)
def test_a_tone_is_silence(sound):
    best = words(("три", 0.2, 0.6, 1.0))
    found = features(best, [], None, level_of(sound))
    assert found["tone"] >= TONE
    assert judge(Verdict(), best, found) == (0.0, "silence")


def test_what_is_no_tone():
    assert level_of(np.zeros(RATE, np.int16)).tone == 0.0
    assert level_of(np.zeros(500, np.int16)).tone == 0.0
    assert level_of(np.random.default_rng(2).integers(-5_000, 5_000, 10_000).astype(np.int16)).tone < 0.1
    assert level_of(tone(noise=1.0)).tone < TONE
    assert level_of(tone(), 137).tone == pytest.approx(level_of(tone(), 10_000).tone)


@pytest.mark.parametrize("one", recordings("word", "number"), ids=lambda one: one.name)
def test_a_voice_is_no_tone(one):
    assert level_of(one.sound).tone < TONE


def test_confidences_are_shares_of_all_sides():
    def one(text: str, score: float, side: str) -> Alternative:
        return Alternative(text, score, score, (Word(text, 0.1, 0.5, 1.0),), side)

    found = pooled([[one("девять", 0.0, "digits")], [one("десять", np.log(3), "numbers")]])
    assert [alternative.text for alternative in found] == ["десять", "девять"]
    assert found[0].words[0].confidence == 0.75


def test_a_text_of_both_sides_counts_once():
    first, second = (
        Alternative("пять", score, 0.0, (), side) for score, side in ((1.0, "digits"), (2.0, "numbers"))
    )
    assert [one.side for one in pooled([[first], [second]])] == ["numbers"]


def test_a_calibration_is_read(tmp_path):
    assert rejection.load(tmp_path) == Calibration()
    kinds = {
        "default": {"bias": -1, "weights": {"lowest": 0.5}, "threshold": 0.4},
        "yesno": {"bias": 0.0, "weights": {"mean": 1.0, "filler": 2.0}, "threshold": 0.9},
    }
    stored = {"filler": "open", "score_scale": 0.2, "sides": {"digits": 1}, "kinds": kinds, "about": "fitted"}
    stored["unknown_often"] = 7
    (tmp_path / "calibration.json").write_text(json.dumps(stored))
    found = rejection.load(tmp_path)
    assert (found.filler, found.score_scale, found.sides, found.fitted) == (
        "open",
        0.2,
        {"digits": 1.0},
        True,
    )
    assert found.unknown_often == 7
    assert found.verdict("yesno").threshold == 0.9
    assert found.verdict("number").confidence({"lowest": 2.0}) == 0.5


@pytest.mark.parametrize(
    "stored",
    [
        "{",
        "[]",
        "{}",
        '{"kinds": {}, "threshold": 0.5}',
        '{"kinds": {}, "filler": "loud"}',
        '{"kinds": {"default": {"bias": 0, "weights": {"loudness": 1}, "threshold": 0.5}}}',
        '{"kinds": {"default": {"bias": NaN, "weights": {}, "threshold": 0.5}}}',
        '{"kinds": {"default": {"weights": {}, "threshold": 0.5}}}',
        '{"kinds": {"default": {"bias": "0", "weights": {}, "threshold": 0.5}}}',
        '{"kinds": {"default": {"bias": 0, "weights": {}, "threshold": -5}}}',
        '{"kinds": {}, "score_scale": -1}',
        '{"kinds": {}, "unknown_often": 0}',
        '{"kinds": {}, "unknown_often": 2.5}',
        '{"kinds": {}, "unknown_often": 1000000000}',
        '{"kinds": {"default": {"bias": %s, "weights": {}, "threshold": 0.5}}}' % ("9" * 400),
        "[" * 100_000,
    ],
)
def test_a_broken_calibration_is_named(tmp_path, stored):
    (tmp_path / "calibration.json").write_text(stored)
    with pytest.raises(ModelError, match=r"calibration\.json"):
        rejection.load(tmp_path)


def test_a_folder_of_that_name_is_named_too(tmp_path):
    (tmp_path / "calibration.json").mkdir()
    with pytest.raises(ModelError, match=r"calibration\.json"):
        rejection.load(tmp_path)
