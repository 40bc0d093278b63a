"""The fit of a confidence, word errors, and a calibration made from decodings: needs what training needs."""

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import pyworld

from ivr import data
from ivr.audio import RATE
from ivr.language import understanding
from ivr.speech import model, rejection
from ivr.speech.grammars import MOST_ALTERNATIVES, Expectation
from ivr.speech.recogniser import Ears
from ivr.speech.results import Recognition
from training.ears.evaluate import (
    calibrate,
    conditions,
    fitting,
    measure,
    noises,
    report,
    revoiced,
    thresholds,
)
from training.ears.evaluate.alignment import errors
from training.ears.evaluate.calibrate import calibrated, cheapest
from training.ears.evaluate.clips import Clip, Sound, What, drawn, recorded
from training.ears.evaluate.decoding import decoded, features, fillers, ranked, recognition
from training.ears.evaluate.examples import Weighed, collect
from training.ears.evaluate.fitting import SIGNS, Case
from training.ears.evaluate.judging import Judge, outcomes

pytestmark = pytest.mark.filterwarnings("ignore:pkg_resources is deprecated:DeprecationWarning")  # pyworld's

RECORDINGS = Path(__file__).parents[2] / "tests" / "data" / "speech"
SPOKEN = {
    "1": "один",
    "2": "два",
    "3": "три",
    "4": "четыре",
    "5": "пять",
    "15": "пятнадцать",
    "50": "пятьдесят",
}


def known(**found: float) -> dict[str, float]:
    return {**dict.fromkeys(SIGNS, 0.0), **found}


def drawn_cases(count: int, sign: int = 1) -> list[Case]:
    """Right ones have a higher «lowest» by `sign`; the rest is chance."""
    rng = np.random.default_rng(5)
    return [
        Case(
            str(number),
            known(lowest=float(sign * right + rng.normal() * 0.4), sound=float(rng.normal()), words=1.0),
            bool(right),
        )
        for number, right in enumerate(rng.integers(0, 2, count))
    ]


def test_the_fit_finds_what_tells_right_from_wrong() -> None:
    verdict, loss = fitting.fit(drawn_cases(600))
    assert set(verdict.weights) == {"lowest"}
    assert verdict.confidence(known(lowest=1.0)) > 0.85
    assert verdict.confidence(known(lowest=0.0)) < 0.15
    assert loss < 0.4


def test_a_feature_that_counts_the_wrong_way_is_not_used() -> None:
    verdict, loss = fitting.fit(drawn_cases(600, sign=-1))
    assert "lowest" not in verdict.weights
    assert loss == pytest.approx(np.log(2), abs=0.02)


def test_one_kind_alone_teaches_nothing() -> None:
    with pytest.raises(ValueError, match="all of one kind"):
        fitting.fit([replace(case, right=True) for case in drawn_cases(20)])


def test_words_are_aligned() -> None:
    found = errors([("один два три", "один девять три"), ("пять", "пять шесть"), ("семь восемь", "восемь")])
    assert found.words == 6
    assert found.rate == pytest.approx(3 / 6)
    assert found.confused == {("два", "девять"): 1, ("", "шесть"): 1, ("семь", ""): 1}


def test_a_filler_must_be_worth_its_time() -> None:
    assert cheapest({"none": 0.05, "open": 0.047, "phones": 0.046}) == "none"
    assert cheapest({"none": 0.05, "open": 0.03, "phones": 0.04}) == "open"


def test_gsm_is_the_same_each_time() -> None:
    sound = recorded(RECORDINGS / "asterisk_ru_5.flac")
    heard = conditions.on_the_line(sound, "gsm", "a", [])
    assert np.array_equal(heard, conditions.on_the_line(sound, "gsm", "a", []))
    assert 0.3 < np.corrcoef(heard[: len(sound)], sound[: len(heard)])[0, 1] < 0.999


@pytest.fixture(scope="module")
def ears() -> Ears:
    return Ears(model.load(), understanding.load(data.grammars()).grammars)


@pytest.fixture(scope="module")
def judge() -> Judge:
    understood = understanding.load(data.grammars())
    return Judge(0.3, understood.grammars, understood.topics)


def said(name: str, text: str) -> Clip:
    what: What = "word"
    return Clip(name, "woman", what, text, lambda: recorded(RECORDINGS / f"asterisk_ru_{name}.flac"))


def noise(number: int) -> Clip:
    kind = noises.KINDS[number % len(noises.KINDS)]
    return Clip(
        f"noise {number}", "noise", "noise", "", lambda: noises.made(kind, drawn(number)), synthetic=True
    )


def test_a_near_phrase_that_reads_as_a_topic_is_heard_right(judge: Judge) -> None:
    pairs = [("лампа горит", "лампа горит"), ("вода", "нет света"), ("вода", "вода"), ("газ", "")]
    found = []
    for text, heard in pairs:
        clip = Clip("a clip", "somebody", "near", text, lambda: np.zeros(1))
        found.append(judge.judged(clip, "clean", "menu", Recognition(heard, 0.9, (), (), "", {}, 1.0)))
    (row,) = measure.rows(found)
    assert row.shares["topic"] == 0.25


def test_weighing_hears_what_the_line_hears(ears: Ears) -> None:
    for name, text in SPOKEN.items():
        sound = conditions.on_the_line(said(name, text).fetch(), "clean", name, [])
        expectation = Expectation("number", digits=5, alternatives=MOST_ALTERNATIVES)
        line = ears.hear(sound, expectation)
        one = decoded(
            ears.model, ears.book, expectation, sound, fillers(ears.model, sound, calibrate.FILLERS[1:])
        )
        heard = recognition(one, ranked(one, ears.calibration.sides))
        assert heard.text == line.text
        assert heard.duration == line.duration
        found = features(one, ears.calibration.sides, ears.calibration.score_scale)[ears.calibration.filler]
        assert found == pytest.approx(line.features, abs=0.01)


def test_a_clip_is_said_again_by_somebody_else() -> None:
    path = min(RECORDINGS.glob("*.flac"))
    said = Clip("один", "ru_tts-male", "word", "один", partial(recorded, path), synthetic=True)
    noise = replace(said, what="noise")
    person = replace(said, synthetic=False)
    foreigner = replace(person, what="foreign", text="")
    again, stranger = revoiced.revoiced([said, noise, person, foreigner])
    assert stranger.speaker != foreigner.speaker
    assert (again.text, again.what) == (said.text, said.what)
    assert again.name == said.name, "or a fold of the fit would know it"
    assert again.speaker != said.speaker
    sound = again.fetch()
    assert len(sound) == len(again.fetch())
    assert 0.5 < len(sound) / len(said.fetch()) < 2
    assert abs(_pitch(sound) / _pitch(said.fetch()) - 1) > 0.05


def test_a_crowd_of_one_becomes_many() -> None:
    path = min(RECORDINGS.glob("*.flac"))
    one = recorded(path)
    first, second, third = revoiced.of_many([one, one, one])
    assert np.array_equal(first, third)
    assert abs(_pitch(second) / _pitch(first) - 1) > 0.05


def test_a_wrong_yes_costs_more_refusals(judge: Judge) -> None:
    def weighed(kind: str) -> list[Weighed]:
        rng = np.random.default_rng(3)
        found = []
        for number in range(800):
            right = number % 2 == 0
            clip = Clip(str(number), "somebody", "yesno", "да", lambda: np.zeros(1))
            heard = Recognition("да" if right else "нет", 0.9, (), (), "", {}, 1.0)
            made = known(lowest=float((1 if right else -1) + rng.normal()))
            one = replace(judge.judged(clip, "clean", "yesno", heard), kind=kind)
            found.append(Weighed(one, {"none": made}))
        return found

    refused = {
        kind: calibrate.fit(weighed(kind), kind, "none").chosen.right_refused for kind in ("yesno", "default")
    }
    assert refused["yesno"] == pytest.approx(calibrate.MORE_REFUSED["yesno"], abs=0.01)
    assert refused["default"] == pytest.approx(thresholds.MOST_REFUSED, abs=0.01)


def _pitch(sound: Sound) -> float:
    """The median of the voiced frames, Hz."""
    found, _ = pyworld.dio(sound, RATE)
    return float(np.median(found[found > 0]))


def test_a_calibration_is_what_the_line_reads(ears: Ears, judge: Judge, tmp_path: Path) -> None:
    clips = [*(said(*one) for one in SPOKEN.items()), *map(noise, range(12))]
    crowd = [recorded(path) for path in sorted(RECORDINGS.glob("asterisk_ru_[0-9].flac"))]
    stored = calibrated(list(collect(ears.model, ears.book, clips, crowd, ["open"], 1)), judge)
    (tmp_path / rejection.FILE).write_text(json.dumps(stored), encoding="utf-8")
    read = rejection.load(tmp_path)
    assert read.fitted
    assert read.score_scale == stored["score_scale"]
    assert all(set(one.weights) <= set(SIGNS) for one in read.kinds.values())
    assert set(read.kinds) <= set(calibrate.KINDS)


def test_the_report_tells_all(ears: Ears, judge: Judge, tmp_path: Path) -> None:
    clips = [*(said(*one) for one in SPOKEN.items()), noise(0)]
    heard = list(outcomes(ears, judge, clips, [], 1, ["clean"]))
    table = report.markdown(heard)
    assert "| woman | one number word alone | number | 7 |" in table
    assert "| noise | noise | menu | 1 |" in table
    report.write(tmp_path / "a.json", heard, {"side": "test"})
    stored = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert stored["rows"][0]["clips"] == 7
    assert {row.kind for row in measure.rows(heard)} == {"number", "yesno", "menu"}
