"""The order of meanings, and keys as an equal of speech."""

from dataclasses import replace
from typing import ClassVar

import pytest

from ivr.dialogue.hearing import Ears
from ivr.dialogue.steps import AndWish, Ask, Heard, Signal
from ivr.language.grammar import Grammar
from ivr.language.topics import Understood


def grammar(name, phrases, keys=None, always=()):
    spelt = {meaning: tuple(tuple(phrase.split()) for phrase in said) for meaning, said in phrases.items()}
    return Grammar(name, spelt, keys=keys or {}, always=always)


EARS = Ears(
    grammar(
        "everywhere",
        {"operator": ["оператор"], "repeat": ["повтори"], "star": ["звездочка"]},
        {"*": "star", "*0": "operator", "*9": "repeat"},
        ("operator",),
    ),
    grammar("menu", {"danger": ["искрит"], "outage": ["нет света"]}, {"6": "outage"}, ("danger",)),
)


def hear(question, text="", keys="", prefix=""):
    heard = Heard((text,) if text else (), keys)
    return EARS.understand(Ask(question, prefix=prefix), heard)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Signal("no_input")),
        ("бла", Signal("no_match")),
        ("оператор", Signal("operator")),
        ("повтори", Signal("repeat")),
        ("нет света", Signal("topic", "outage")),
        ("искрит позовите оператор", Signal("topic", "danger")),
        ("повтори нет света", Signal("repeat")),
    ],
)
def test_speech(question, text, expected):
    assert hear(question(), text) == expected


def test_the_questions_own_meaning_goes_before_what_every_question_understands(question, Cups):
    asked = replace(question(), understand=lambda heard: Cups(1))
    assert hear(asked, "повтори") == Cups(1)
    assert hear(asked, "нет света") == Cups(1)


def test_no_question_shadows_the_operator_or_danger(question, Cups):
    asked = replace(question(), understand=lambda heard: Cups(1))
    assert hear(asked, "один оператор") == Signal("operator")
    assert hear(asked, "один искрит") == Signal("topic", "danger")


def test_a_lone_zero_is_the_operator_except_where_it_is_a_value(question, Cups):
    assert hear(question(), keys="0") == Signal("operator")
    amount = replace(question(), zero_is_value=True)
    assert hear(amount, keys="0") == Cups(0)
    assert hear(amount, keys="*0") == Signal("operator")


def test_a_zero_with_other_keys_is_a_digit(question, Cups):
    assert hear(question(), keys="05") == Cups(5)
    assert hear(question(), keys="00") == Cups(0)


def test_a_star_that_came_alone_belongs_to_the_next_key(question):
    assert hear(question(), keys="*") == Signal("star")
    assert hear(question(), keys="*", prefix="*") == Signal("star")
    assert hear(question(), keys="9", prefix="*") == Signal("repeat")
    assert hear(question(), keys="0", prefix="*") == Signal("operator")
    assert hear(question(), "повтори", prefix="*") == Signal("repeat")


def test_a_second_alternative_may_be_the_one(question):
    heard = Heard(("бла", "нет света"))
    assert EARS.understand(Ask(question()), heard) == Signal("topic", "outage")


class Free:
    """Free speech that is sure of what it knows."""

    KNOWN: ClassVar = {
        "про возврат": "refund",
        "нет света": "outage",
        "назад": "back",
        "два и еще искрит": "danger",
    }

    def understand(self, text):
        flow = self.KNOWN.get(text.strip(" ,"))
        return Understood(flow, 1.0, flow=flow)


LINKED = replace(
    EARS,
    free=Free(),
    linking=grammar("linking", {"also": ["и еще"], "instead": ["а нет"]}),
    details=lambda flow, text: {flow: text.strip()},
)


def linked(text, question, meaning):
    return LINKED.understand(Ask(replace(question(), understand=meaning)), Heard((text,)))


def test_an_answer_and_a_topic_in_one_breath(question, Cups):
    heard = linked(
        "Два, и ещё про возврат", question, lambda heard: Cups(2) if "два" in heard.alternatives[0] else None
    )
    assert heard == AndWish(Cups(2), Signal("topic", "refund", {"refund": "про возврат"}))


@pytest.mark.parametrize("text", ["два и еще сто", "два и еще назад", "два и еще"])
def test_what_follows_is_a_wish_only_if_it_is_a_topic(question, Cups, text):
    assert linked(text, question, lambda heard: Cups(2)) == Cups(2)


def test_no_answer_before_the_topic_is_no_wish(question):
    heard = linked("бла и еще про возврат", question, lambda heard: None)
    assert heard == Signal("no_match")


def test_a_changed_mind_is_the_topic_whatever_was_asked(question, Cups):
    assert linked("а нет, про возврат", question, lambda heard: Cups(1)) == Signal(
        "topic", "refund", {"refund": "про возврат"}
    )
    assert linked("а нет, три", question, lambda heard: Cups(3)) == Cups(3)


def test_danger_goes_before_a_wish(question, Cups):
    heard = linked("два и еще искрит", question, lambda heard: Cups(2))
    assert isinstance(heard, Signal)
    assert heard.value == "danger"
