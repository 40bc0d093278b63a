"""What is understood after a piece of an explanation, and how a walk leads through them."""

from dataclasses import replace

import pytest

from ivr import data
from ivr.dialogue.hearing import Ears
from ivr.dialogue.steps import Ask, Heard, Say, Signal, Step
from ivr.domain.calls import CallFacts
from ivr.flows.explanations import find
from ivr.flows.information import explain
from ivr.flows.information_heard import MoreEars, Wish
from ivr.flows.visit import Visit
from ivr.language import understanding
from tests.conftest import CLOCK

UNDERSTANDING = understanding.load(data.grammars())
GRAMMARS = UNDERSTANDING.grammars
EARS = Ears(GRAMMARS["everywhere"], GRAMMARS["menu"], UNDERSTANDING.topics)


def visit(topic: str, about: str = "") -> Visit:
    return Visit(CallFacts("CA0", None, CLOCK), GRAMMARS, UNDERSTANDING.topics, topic=topic, about=about)


def heard(topic: str, fact: str, text: str, *, back: bool = True) -> object:
    """What is understood after the piece that answers the fact."""
    piece = find(topic, fact)
    assert piece is not None
    return MoreEars(visit(topic), piece, back).understand(Heard((text,)))


class Walk:
    """A script at its question: what was said before it, and answers to it."""

    def __init__(self, topic: str, about: str = "") -> None:
        self._script = explain(visit(topic, about))
        self.said: list[str] = []
        self.flow = ""
        self._on(None)

    def say(self, text: str) -> "Walk":
        answer = EARS.understand(self.asked, Heard((text,)))
        assert not isinstance(answer, Signal), answer
        self._on(answer)
        return self

    def _on(self, value: object) -> None:
        self.said = []
        try:
            step: Step = self._script.send(value)
            while isinstance(step, Say):
                self.said.append(step.prompt)
                step = self._script.send(None)
        except StopIteration as end:
            self.flow = end.value
            return
        assert isinstance(step, Ask)
        self.asked = step

    @property
    def offer(self) -> object:
        return self.asked.question.prompt.slots.get("next")


@pytest.mark.parametrize(
    "text",
    [
        "дальше", "да", "давайте", "продолжайте", "рассказывайте", "слушаю", "слушаю вас", "ну давайте дальше",
        "да, расскажите, пожалуйста", "и что дальше", "понятно, дальше", "нажала", "готово", "ещё", "да, спасибо",
        "следующая кнопка", "хочу", "ага, продолжайте",
    ],
)  # fmt: skip
def test_next(text):
    assert heard("refund", "refund.apply", text) == Wish("next")


@pytest.mark.parametrize(
    "text",
    [
        "хватит", "нет", "не надо", "понятно", "спасибо", "достаточно", "нет, спасибо", "всё, хватит",
        "ладно, понятно", "большое спасибо", "нет, не надо", "больше не надо", "это всё", "я поняла, спасибо",
    ],
)  # fmt: skip
def test_enough(text):
    assert heard("refund", "refund.apply", text) == Wish("enough")


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("продиктуйте", ""), ("запишу", ""), ("по буквам", ""), ("ещё раз адрес", "office"),
        ("медленно телефон", ""), ("продиктуйте ещё раз", ""), ("повторите адрес", "office"),
        ("я записываю", ""), ("диктуйте помедленнее", ""), ("продиктуйте почту", "email"),
        ("продиктуйте адрес почты", "email"), ("адрес офиса продиктуйте", "office"),
    ],
)  # fmt: skip
def test_dictate(text, only):
    assert heard("refund", "refund.no_memo", text) == Wish("dictate", only=only)


def test_what_only_names_an_address_is_no_dictation_of_another():
    assert heard("readings_channels", "readings_channels.phone", "медленно телефон") == Wish(
        "dictate", only="phone"
    )
    assert heard("readings_channels", "readings_channels.phone", "подскажите адрес вашего офиса") is None


def test_back_is_ours_only_where_there_is_something_to_go_back_to():
    assert heard("refund", "refund.when", "назад") == Wish("back")
    assert heard("refund", "refund.when", "назад", back=False) == Signal("back")


@pytest.mark.parametrize(
    ("keys", "wish"),
    [
        ("1", Wish("next")),
        ("2", Wish("enough")),
        ("3", Wish("dictate")),
        ("8", Wish("back")),
        ("9", Signal("repeat")),
        ("4", None),
    ],
)
def test_keys(keys, wish):
    assert MoreEars(visit("refund"), find("refund", "refund.when"), True).understand(Heard(keys=keys)) == wish


@pytest.mark.parametrize(
    ("topic", "said", "wish"),
    [
        ("refund", "а когда вернут?", Wish("fact", "refund.when")),
        ("refund", "нет, а памятку потеряла", Wish("fact", "refund.no_memo")),
        ("refund", "до какого числа передавать", Wish("fact", "readings_channels.window")),
        ("refund", "не хочу слушать про срок", None),
        ("balance_keypad", "звёздочка", Wish("fact", "balance_keypad.star")),
        ("refund", "звёздочка", None),
        ("balance_keypad", "остаток ноль", None),
        ("balance_keypad", "а деньги вернуть", None),
        ("refund", "как быть с возвратом денег если я переехала", Wish("unknown")),
        ("refund", "возврат денег", None),
        ("refund", "какой адрес офиса", Wish("fact", "contacts.office")),
        ("refund", "адрес", Wish("fact", "contacts.office")),
        ("refund", "деньги", None),
        ("refund", "спасибо, до свидания", Signal("topic", "goodbye")),
        ("refund", "кошка села на окошко", None),
        ("refund", "да нет", None),
        ("refund", "", None),
    ],
)
def test_questions_and_other_things(topic, said, wish):
    first = {"refund": "refund.apply", "balance_keypad": "balance_keypad.key1"}[topic]
    assert heard(topic, first, said) == wish


def test_free_speech_leaves_only_for_a_topic_that_is_sure():
    ears = MoreEars(visit("refund"), find("refund", "refund.apply"), True)
    assert ears.guess(Heard(("мне бы показания за свет отдать",))) == Signal("topic", "submit_readings")
    assert ears.guess(Heard(("кошка села на окошко",))) is None
    about_this = replace(ears, visit=visit("submit_readings"))
    assert about_this.guess(Heard(("мне бы показания за свет отдать",))) == Wish("unknown")


def test_the_fact_asked_for_comes_first_and_the_rest_of_the_topic_after_it():
    walk = Walk("refund", "refund.when")
    assert walk.said == ["refund_when", "refund_kes_term"]
    assert walk.offer == "next.refund_site"
    assert walk.say("дальше").said == ["refund_site"]
    assert walk.say("дальше").said == ["refund_apply"]


@pytest.mark.parametrize("about", ["", "contacts.office", "refund.of_yesterday"])
def test_a_fact_that_is_not_of_the_topic_is_no_beginning(about):
    assert Walk("refund", about).said == ["refund_apply"]


def test_back_tells_what_was_told_before_and_takes_it_as_not_told():
    walk = Walk("refund")
    walk.say("дальше").say("а когда вернут")
    assert walk.say("назад").said == ["refund_money"]
    assert walk.offer == "next.refund_original"
    assert walk.say("назад").said == ["refund_apply"]
    assert walk.offer == "next.refund_money"
    walk.say("назад")
    assert walk.flow == "menu"


def test_a_fact_of_another_topic_is_told_there_and_back_leads_home():
    walk = Walk("after_reprogramming")
    assert walk.say("когда вернут").said == ["refund_when", "refund_kes_term"]
    assert walk.offer == "next.refund_site"
    assert walk.say("назад").said == ["after_payment"]
    assert walk.offer == "next.memo"


def test_what_is_to_be_written_down_is_said_twice():
    walk = Walk("contacts", "contacts.email")
    assert walk.say("по буквам").said == ["dictate_email", "dictate_again", "dictate_email"]
    assert walk.offer == "next.contacts_office"
    assert Walk("refund").say("продиктуйте").said == ["nothing_to_dictate"]


def test_after_the_last_piece_only_a_dictation_is_offered():
    walk = Walk("refund")
    for _ in range(5):
        walk.say("дальше")
    assert (walk.said, walk.asked.question.prompt.prompt) == (["refund_site"], "more_dictate")
    assert walk.say("да").said == ["dictate_kes_site", "dictate_again", "dictate_kes_site", "all_told"]
    assert walk.flow == "what_else"


def test_the_meter_is_named_once():
    walk = Walk("balance_keypad")
    assert walk.said == ["keypad_4", "keypad_note"]
    assert walk.say("дальше").said == ["keypad_1", "keypad_1_is_the_reading"]
    assert Walk("balance_keypad", "balance_keypad.key6").said == [
        "keypad_6_warning",
        "keypad_6",
        "keypad_note",
    ]
    assert Walk("balance_keypad", "balance_keypad.other_meter").said == ["keypad_other_meter"]


def test_at_the_meter_there_is_more_time():
    assert Walk("balance_keypad").asked.question.timeout_s > Walk("refund").asked.question.timeout_s
