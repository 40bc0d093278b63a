"""What applies to every question."""

import pytest

from ivr.dialogue import asking
from ivr.dialogue.steps import Jump, Say, Signal


def spoken(run):
    return [say.prompt for say in run.pending.spoken]


def test_re_prompts_escalate_and_end_at_an_operator(table):
    heard = [spoken(table.answer(Signal(name))) for name in ("no_match", "no_input", "no_match")]
    assert heard == [
        ["asking.no_match", "cups.short"],
        ["asking.no_input", "cups.example"],
        ["asking.no_match", "cups.keys"],
    ]
    with pytest.raises(Jump) as jump:
        table.answer(Signal("no_match"))
    assert (jump.value.flow, jump.value.reason, jump.value.question) == ("operator", "not_understood", "cups")


def test_help_costs_nothing(table):
    assert spoken(table.answer(Signal("help"))) == ["cups.help"]
    assert spoken(table.answer(Signal("no_match"))) == ["asking.no_match", "cups.short"]


def test_repeat_costs_nothing_and_says_the_question_not_the_miss(table):
    table.answer(Signal("no_match"))
    assert spoken(table.answer(Signal("repeat"))) == ["cups.short"]
    assert spoken(table.answer(Signal("no_match"))) == ["asking.no_match", "cups.example"]


def test_wait_keeps_two_minutes_of_silence_and_costs_nothing(table):
    run = table.answer(Signal("wait"))
    assert spoken(run) == ["asking.wait"]
    silences = [run.pending.timeout_s]
    while True:
        run = table.answer(Signal("no_input"))
        if spoken(run) != ["asking.still_waiting"]:
            break
        silences.append(run.pending.timeout_s)
    assert sum(silences) == 120
    assert spoken(run) == ["cups.short"]
    assert spoken(table.answer(Signal("no_input"))) == ["asking.no_input", "cups.short"]


def test_a_word_not_understood_ends_the_waiting_without_a_miss(table):
    table.answer(Signal("wait"))
    assert spoken(table.answer(Signal("no_match"))) == ["cups.short"]
    assert spoken(table.answer(Signal("no_match"))) == ["asking.no_match", "cups.short"]


def test_a_star_waits_for_its_key(table):
    run = table.answer(Signal("star"))
    assert (spoken(run), run.pending.prefix, run.pending.keys) == (["asking.star"], "*", 1)
    run = table.answer(Signal("no_input"))
    assert (spoken(run), run.pending.prefix) == (["cups.short"], "")
    table.answer(Signal("star"))
    assert spoken(table.answer(Signal("no_match"))) == ["asking.no_match", "cups.short"]


def test_an_answer_ends_the_waiting(table, Cups):
    table.answer(Signal("wait"))
    assert table.answer(Cups(1)).pending.question.id == "sugar"


def test_repeat_while_waiting_puts_the_question_again(table):
    table.answer(Signal("wait"))
    assert spoken(table.answer(Signal("repeat"))) == ["cups"]


@pytest.mark.parametrize(
    ("signal", "flow"),
    [
        (Signal("main_menu"), "menu"),
        (Signal("topic", "outage"), "outage"),
        (Signal("operator"), "operator"),
        (Signal("back", "saved"), "saved"),
    ],
)
def test_leaving_a_question(table, signal, flow):
    with pytest.raises(Jump) as jump:
        table.answer(signal)
    assert (jump.value.flow, table.done) == (flow, [])


def test_back_at_the_start_says_so_and_asks_on(table):
    assert spoken(table.answer(Signal("back", "start"))) == ["asking.start", "cups.short"]


def test_the_escalation_has_a_prompt_for_each_miss():
    assert asking.ESCALATION == ("short", "example", "keys")
    assert Say("a", {"x": 1}).variant("short") == Say("a.short", {"x": 1})
