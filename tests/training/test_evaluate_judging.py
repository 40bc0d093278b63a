"""What is said of a recognition: right or wrong, taken for what; and thresholds chosen by it."""

from dataclasses import replace

import pytest

from ivr import data
from ivr.language import understanding
from ivr.speech.results import Alternative, Recognition
from training.ears.evaluate import thresholds
from training.ears.evaluate.clips import NOTHING, Clip, Sound, What
from training.ears.evaluate.judging import Judge, Outcome


@pytest.fixture(scope="module")
def judge() -> Judge:
    understood = understanding.load(data.grammars())
    return Judge(0.3, understood.grammars, understood.topics)


def clip(what: What, text: str) -> Clip:
    def silent() -> Sound:
        raise AssertionError("nobody listens")

    return Clip("a clip", "somebody", what, text, silent)


def heard(*texts: str) -> Recognition:
    found = tuple(Alternative(text, -2.0 * place, 0.0, (), "numbers") for place, text in enumerate(texts))
    return Recognition(texts[0], 0.9, (), found, "", {}, 2.0)


def judged(judge: Judge, what: What, kind: str, said: str, *texts: str) -> Outcome:
    return judge.judged(clip(what, said), "clean", kind, heard(*texts))


def test_a_number_is_right_by_its_value(judge: Judge) -> None:
    said = "двенадцать тысяч триста сорок пять"
    assert judged(judge, "numbers", "number", said, "двенадцать триста сорок пять").right
    wrong = judged(judge, "numbers", "number", said, "двенадцать тысяч триста сорок шесть", said)
    assert not wrong.right
    assert wrong.near_right
    assert wrong.number


def test_the_last_reading_helps(judge: Judge) -> None:
    said = "двенадцать тысяч триста пятнадцать"
    other = "двенадцать тысяч триста пятьдесят"
    far = "девяносто две тысячи триста пятнадцать"
    assert not judged(judge, "numbers", "number", said, far, said).right
    assert judged(judge, "numbers", "number", said, far, said).by_last
    assert judged(judge, "numbers", "number", said, said, other).right


@pytest.mark.parametrize(
    ("what", "kind", "said", "text", "right"),
    [
        ("word", "number", "сорок", "сорок", True),
        ("word", "number", "сорок", "[unk] сорок", True),
        ("word", "number", "сорок", "срок", False),
        ("word", "number", "нуль", "ноль", True),
        ("form", "number", "двух", "два", True),
        ("word", "number", "пять", "да пять", True),
        ("word", "number", "пять", "пять шесть", False),
        ("word", "number", "пять", "", False),
        ("yesno", "yesno", "да верно", "да", True),
        ("yesno", "yesno", "нет", "да", False),
        ("operator", "number", "позовите оператора", "[unk] оператора", True),
        ("operator", "menu", "оператор", "повтори", False),
        ("topic", "menu", "нет света", "света нет", True),
        ("topic", "menu", "нет света", "", False),
        ("outside", "text", "ёлка", "елка", True),
        ("outside", "number", "птица", "пять", False),
        ("outside", "number", "птица", "[unk]", True),
        ("noise", "yesno", "", "да", False),
        ("noise", "menu", "", "оператор", False),
        ("noise", "menu", "", "", True),
    ],
)
def test_right(judge: Judge, what: What, kind: str, said: str, text: str, right: bool) -> None:
    assert judged(judge, what, kind, said, text).right is right


def test_what_it_is_taken_for(judge: Judge) -> None:
    assert judged(judge, "noise", "number", "", "семь").number
    assert judged(judge, "noise", "number", "", "оператор").operator
    assert judged(judge, "noise", "yesno", "", "да").answer
    assert judged(judge, "noise", "menu", "", "нет света").topic
    assert not judged(judge, "noise", "number", "", "[unk]").meant


def outcome(what: What, confidence: float, *, right: bool = False, number: bool = True) -> Outcome:
    said = "" if what in NOTHING else "пять"
    return Outcome(
        "a", "b", what, "clean", "number", said, "пять", confidence, taken=True, right=right, number=number
    )


def test_a_threshold_lets_little_noise_pass_and_no_more_is_refused_than_must_be() -> None:
    noise = [outcome("noise", place / 1000) for place in range(1000)]
    said = [outcome("word", place / 1000, right=True) for place in range(1000)]
    chosen = thresholds.choose([*noise, *said])
    assert chosen.reached
    assert chosen.meant <= thresholds.MOST_MEANT
    assert 0.97 < chosen.threshold < 0.995
    easy = thresholds.choose([*(outcome("noise", 0.1) for _ in range(100)), *said])
    assert easy.threshold == pytest.approx(0.1, abs=0.01)
    assert easy.right_refused == pytest.approx(0.1, abs=0.01)


def test_each_kind_of_sound_counts_for_itself() -> None:
    quiet = [outcome("noise", 0.0, number=False) for _ in range(1000)]
    foreign = [outcome("foreign", place / 100) for place in range(100)]
    chosen = thresholds.choose([*quiet, *foreign])
    assert chosen.threshold == pytest.approx(1 - thresholds.MOST_VOICES, abs=0.011)
    assert (chosen.meant, chosen.voices) == (0.0, pytest.approx(thresholds.MOST_VOICES))


def test_babble_is_not_drowned_in_noise() -> None:
    quiet = [outcome("noise", 0.0, number=False) for _ in range(1000)]
    babble = [outcome("babble", place / 100) for place in range(100)]
    chosen = thresholds.choose([*quiet, *babble])
    assert chosen.threshold == pytest.approx(1 - thresholds.MOST_VOICES, abs=0.011)
    assert chosen.voices == pytest.approx(thresholds.MOST_VOICES)


def test_foreign_operators_are_not_drowned_in_noise() -> None:
    quiet = [outcome("noise", 0.0, number=False) for _ in range(1000)]
    foreign = [outcome("foreign", 0.0, number=False) for _ in range(49)]
    calls = replace(outcome("foreign", 0.9, number=False), operator=True)
    assert thresholds.choose([*quiet, *foreign, calls]).threshold == pytest.approx(0.9, abs=0.001)


def test_wrong_ones_are_kept_out_until_it_costs_too_much() -> None:
    right = [outcome("word", place / 1000, right=True) for place in range(1000)]
    few = [outcome("word", 0.05, right=False) for _ in range(50)]
    chosen = thresholds.choose([*right, *few])
    assert chosen.threshold == pytest.approx(0.05, abs=0.001)
    assert chosen.wrong_taken == 0.0
    many = [outcome("word", place / 1000, right=False) for place in range(1000)]
    chosen = thresholds.choose([*right, *many])
    assert chosen.right_refused == pytest.approx(thresholds.MOST_REFUSED, abs=0.002)
    assert thresholds.choose([*right, *many], 0.3).right_refused == pytest.approx(0.3, abs=0.002)


def test_where_false_accepts_cannot_be_avoided_it_says_so() -> None:
    chosen = thresholds.choose([outcome("noise", 1.0) for _ in range(10)])
    assert not chosen.reached
    assert chosen.threshold == thresholds.MOST


def test_a_share_of_what_is_right_is_refused() -> None:
    said = [outcome("word", place / 1000, right=True) for place in range(1000)]
    assert thresholds.refusing(said, 0.03).right_refused == pytest.approx(0.03, abs=0.002)
