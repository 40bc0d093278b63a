"""Recordings are heard, as they come or at once; nothing that may come ends the process."""

import json
import shutil

import numpy as np
import pytest

from ivr import data
from ivr.language import grammar
from ivr.speech import model
from ivr.speech.grammars import KINDS, Expectation
from ivr.speech.number_grammar import DIGITS
from ivr.speech.recogniser import Ears

NUMBER = Expectation("number", digits=5)
WORDS = dict(zip("0123456789", (DIGITS[0], DIGITS[2], *DIGITS[5:6], *DIGITS[7:]), strict=True))


@pytest.mark.parametrize("digits", ["12345", "67890", "50050", "93718"])
def test_digits(ears, said, digits):
    heard = ears.hear(said(*digits), NUMBER)
    assert heard.text == " ".join(WORDS[digit] for digit in digits)
    assert not heard.no_match
    assert heard.duration == pytest.approx(len(said(*digits)) / 8_000)


@pytest.mark.parametrize(
    ("recording", "text"), [("15", "пятнадцать"), ("50", "пятьдесят"), ("60", "шестьдесят")]
)
def test_whole_numbers(ears, said, recording, text):
    heard = ears.hear(said(recording), NUMBER)
    assert heard.text == text
    assert heard.alternatives[0].side == "numbers"


def test_words_have_times_and_confidences(ears, said):
    heard = ears.hear(said("1", "2", "3"), NUMBER)
    assert [word.word for word in heard.words] == ["один", "два", "три"]
    times = [time for word in heard.words for time in (word.start, word.end)]
    assert times == sorted(times)
    assert times[-1] <= heard.duration + 0.03
    assert all(0.5 < word.confidence <= 1 for word in heard.words)


def test_alternatives_are_the_likeliest_first_and_each_once(ears, said):
    heard = ears.hear(said("5", "50"), Expectation("number", digits=5, alternatives=20))
    scores = [one.score for one in heard.alternatives]
    assert scores == sorted(scores, reverse=True)
    assert len({one.text for one in heard.alternatives}) == len(scores) > 1
    assert heard.alternatives[0].text == heard.text
    few = ears.hear(said("5", "50"), Expectation("number", digits=5, alternatives=1))
    assert few.alternatives == heard.alternatives[:1]


@pytest.mark.parametrize("step", [2, 160, 320, 8_001 * 2])
def test_as_it_comes(ears, said, step):
    sound = said("1", "5").tobytes()
    recogniser = ears.listen(NUMBER)
    for start in range(0, len(sound), step):
        recogniser.accept(sound[start : start + step])
    heard = recogniser.final()
    assert heard.text == "один пять"
    assert heard.duration == len(sound) / 16_000


def test_partial_results(ears, said):
    recogniser = ears.listen(NUMBER)
    assert recogniser.partial() == ""
    partials = []
    for name in "123":
        recogniser.accept(said(name).tobytes())
        recogniser.accept(bytes(8_000))
        partials.append(recogniser.partial())
    assert partials[-1].startswith("один два")
    assert len(partials[0]) < len(partials[-1])
    recogniser.final()
    assert recogniser.partial() == ""


def test_one_utterance_alone(ears, said):
    recogniser = ears.listen(NUMBER)
    recogniser.accept(said("5").tobytes())
    first = recogniser.final()
    assert recogniser.final() is first
    with pytest.raises(RuntimeError, match="hears one"):
        recogniser.accept(bytes(320))


def test_half_a_sample_is_refused(ears):
    with pytest.raises(ValueError, match="whole samples"):
        ears.listen(NUMBER).accept(b"\0\0\0")


def test_nothing_of_one_utterance_is_in_the_next(ears, said):
    ears.hear(said("9", "9", "9"), NUMBER)
    assert ears.hear(np.zeros(16_000, np.int16), NUMBER).text == ""


@pytest.mark.parametrize("kind", [*KINDS, "place", "address"])
@pytest.mark.parametrize(
    "name", ["none", "sample", "zeros", "loudest", "noise", "clipped", "tone", "impulses"]
)
def test_what_is_no_speech(ears, kind, name):
    random = np.random.default_rng(5)
    sounds = {
        "none": np.zeros(0),
        "sample": np.ones(1),
        "zeros": np.zeros(8_000),
        "loudest": np.full(8_000, -32_768),
        "noise": random.normal(0, 300, 16_000),
        "clipped": random.choice([-32_768, 32_767], 8_000),
        "tone": 8_000 * np.sin(np.arange(16_000) / 3),
        "impulses": 30_000 * (random.random(16_000) < 0.001),
    }
    heard = ears.hear(sounds[name].astype(np.int16), Expectation(kind, digits=5))
    assert all(np.isfinite(value) for value in heard.features.values())
    assert 0 <= heard.confidence <= 1
    assert all(0 <= word.confidence <= 1 for word in heard.words)
    if name in ("none", "sample", "zeros"):
        assert (heard.text, heard.reason, heard.alternatives, heard.words) == ("", "silence", (), ())


def test_a_long_utterance(ears, said):
    heard = ears.hear(np.tile(said("1", "2"), 30), NUMBER)
    assert heard.text.split()[:4] == ["один", "два", "один", "два"]
    assert 55 <= len(heard.words) <= 65


@pytest.mark.parametrize("filler", ["open", "phones"])
def test_a_filler_is_decoded_beside(said, tmp_path, filler):
    folder = shutil.copytree(model.SHIPPED, tmp_path / "model")
    kinds = {"default": {"bias": 1.0, "weights": {"filler": 0.5}, "threshold": 0.1}}
    (folder / "calibration.json").write_text(json.dumps({"filler": filler, "kinds": kinds}))
    ears = Ears(model.load(folder), grammar.load(data.grammars()))
    heard = ears.hear(said("5"), NUMBER)
    assert heard.features["filler"] != 0
    assert heard.confidence == pytest.approx(1 / (1 + np.exp(-1 - 0.5 * heard.features["filler"])), abs=1e-4)
    assert ears.hear(said("5"), Expectation("text")).features["filler"] == 0  # it would be the filler itself


def test_nats_for_a_grammar(said, tmp_path):
    folder = shutil.copytree(model.SHIPPED, tmp_path / "model")
    kinds = {"default": {"bias": 0.0, "weights": {"lowest": 1.0}, "threshold": 0.7}}
    (folder / "calibration.json").write_text(json.dumps({"sides": {"digits": 500.0}, "kinds": kinds}))
    ears = Ears(model.load(folder), grammar.load(data.grammars()))
    assert ears.hear(said("50"), NUMBER).alternatives[0].side == "digits"
