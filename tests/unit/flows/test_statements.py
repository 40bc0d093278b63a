"""Answers without «да» or «нет»: what was said of this very thing."""

import pytest

from ivr import data
from ivr.dialogue.steps import Heard
from ivr.domain.calls import CallFacts
from ivr.flows.common import STATEMENTS, stated
from ivr.flows.visit import Visit
from ivr.language import understanding
from tests.conftest import CLOCK

UNDERSTANDING = understanding.load(data.grammars())
VISIT = Visit(CallFacts("CA0", None, CLOCK), UNDERSTANDING.grammars, UNDERSTANDING.topics)


@pytest.mark.parametrize(
    ("question", "text", "yes"),
    [
        ("is_prepaid_dark", "нет у нас обычный", False),
        ("is_prepaid_dark", "нет денег на нём", True),
        ("is_prepaid_dark", "да нет денег", True),
        ("is_prepaid_dark", "деньги ещё есть", False),
        ("is_prepaid_dark", "не кончились", False),
        ("is_prepaid_dark", "у соседей тоже темно", False),
        ("is_prepaid_dark", "да обычный", None),
        ("is_prepaid_dark", "деньги кончились обычный счётчик", None),
        ("is_danger", "просто света нет", False),
        ("is_danger", "ничего не искрит", False),
        ("is_at_zero", "ноль", True),
        ("is_at_zero", "нет ещё хватит на неделю", False),
        ("outage_here", "нет на даче", False),
        ("outage_here", "у меня дома", True),
        ("report_anyway", "запишите", True),
        ("report_anyway", "ну тогда не надо", False),
        ("call_back_offer", "нет я подожду", False),
        ("call_back_offer", "перезвоните", True),
        ("call_back_offer", "бла", None),
    ],
)
def test_a_statement(question, text, yes):
    answer = stated(VISIT, question, Heard((text,)))
    assert (None if answer is None else answer.yes) is yes


def test_every_statement_is_known_and_answers_something():
    known = set(UNDERSTANDING.grammars["statements"].phrases)
    used = {meaning for says in STATEMENTS.values() for meaning in says}
    assert used <= known
    elsewhere = {"asks_when", "asks_to_cancel", "asks_about_cards", "asks_deadline", "prepaid", "this_phone"}
    assert known - used == elsewhere  # ivr/flows/opening.py, menu.py, phone.py
