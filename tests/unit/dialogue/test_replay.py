"""Replay: the journal is the only state of a call."""

import pytest

from ivr.dialogue.journal import (
    BLANK,
    Input,
    Restart,
    Retract,
    effective,
    encode,
    has_written,
    last_retractable,
)
from ivr.dialogue.replay import Misfit, Run, refuse
from ivr.dialogue.steps import AndWish, Ask, IfLeft, Leave, NextWish, Outcome, Say, Signal, Transfer


def said(run):
    return [say.prompt for say in run.said]


def pending(run):
    assert isinstance(run.pending, Ask)
    return run.pending.question.id


def test_a_script_stands_at_its_first_question(table):
    run = table.run()
    assert (pending(run), said(run), run.added) == ("cups", ["hello"], [])


def test_replay_comes_to_the_same_place_and_does_nothing_twice(table, Cups):
    first = table.answer(Cups(2))
    again = table.run()
    assert pending(first) == pending(again) == "sugar"
    assert first.said == again.said
    assert len(table.done) == 1
    assert again.added == []


def test_the_reply_is_what_was_said_since_the_callers_last_input(table, Cups):
    table.answer(Cups(2))
    assert said(table.run()) == []
    assert said(table.answer(Cups(1))) == ["ticket"]


def test_a_result_comes_from_the_journal(table, Cups):
    table.answer(Cups(2))
    run = table.answer(Cups(1))
    assert run.said == [Say("ticket", {"number": 2})]
    assert table.run().said == [Say("ticket", {"number": 2})]


def test_an_outcome_of_a_transfer_is_an_input(table, Cups):
    table.answer(Cups(2))
    table.answer(Cups(1))
    run = table.run()
    assert run.pending == Transfer("waiter")
    run.outcome(Outcome("nobody"))
    table.keep(run)
    assert table.run().said == [Say("after", {"how": "nobody"})]


def test_if_left_stands_until_the_next_one(table, Cups, Order):
    assert table.run().left is None
    table.answer(Cups(2))
    assert table.run().left == Order(2)
    table.answer(Cups(1))
    assert table.run().left is None


def test_leave_writes_what_stands_once_and_replay_takes_it_from_the_journal(table, Order):
    async def script():
        await IfLeft(Order(3))
        await Leave()
        await Leave()
        await Transfer("waiter")

    table.script = script
    table.keep(table.run())
    assert [line.key for line in table.journal] == ["leave/Order"]
    table.run()
    assert table.done == [Order(3)]


def test_what_stands_for_a_hang_up_alone_is_forgotten_by_a_jump(table, Order):
    async def script():
        await IfLeft(Order(3), by_jump=False)
        await Transfer("waiter")
        await Leave()
        await Transfer("cook")

    table.script = script
    run = table.run()
    assert run.left == Order(3)
    run.outcome(Outcome("talked"))
    assert (run.left, table.done) == (None, [])


def test_another_question_than_the_one_written_is_a_misfit(table, Cups, question, ask):
    table.answer(Cups(2))

    async def changed():
        await ask(question("glasses"))

    table.script = changed
    with pytest.raises(Misfit) as misfit:
        table.run()
    assert (misfit.value.written, misfit.value.step) == ("ask/cups", "ask/glasses")


def test_a_command_with_other_fields_is_a_misfit_and_a_blanked_one_passes(table, Cups):
    table.answer(Cups(2))
    order = table.journal[1]
    assert order.key == "do/Price"
    table.journal[1] = Input(2, "result", order.key, order.payload.replace(b'"cups":2', b'"cups":7'))
    with pytest.raises(Misfit):
        table.run()
    blanked = order.payload.replace(b'"cups":2', f'"cups":"{BLANK}"'.encode())
    table.journal[1] = Input(2, "result", order.key, blanked)
    assert pending(table.run()) == "sugar"


def test_a_script_that_ends_before_its_journal_is_a_misfit(table, Cups):
    table.answer(Cups(2))

    async def short():
        await Say("hello")

    table.script = short
    with pytest.raises(Misfit):
        table.run()


def test_wording_alone_is_no_misfit(table, Cups, question, ask):
    table.answer(Cups(2))
    table.journal = table.journal[:1]

    async def reworded():
        await Say("good_evening")
        await ask(question())

    table.script = reworded
    assert said(table.run()) == []


def test_a_run_that_may_only_look_refuses_to_do(table, tea):
    run = Run(tea(), [Input(1, "answer", "ask/cups", b'{"meaning":{"count":2}}')], refuse)
    with pytest.raises(Misfit):
        run.proceed()


def test_retract_takes_back_all_from_its_number(table, Cups):
    table.answer(Cups(2))
    since = last_retractable(table.journal)
    table.journal.append(Input(9, "retract", "retract", encode(Retract(since))))
    run = table.run()
    assert pending(run) == "cups"
    assert run.left is None


def test_a_signal_is_not_what_back_takes_back(table, Cups):
    table.answer(Cups(2))
    table.answer(Signal("no_match"))
    assert last_retractable(table.journal) == 1


def test_back_does_not_cross_what_was_written_nor_a_talk(table, Cups):
    table.answer(Cups(2))
    assert not has_written(table.journal)
    table.answer(Cups(1))
    assert last_retractable(table.journal) is None
    assert has_written(table.journal)
    run = table.run()
    run.outcome(Outcome("talked"))
    table.keep(run)
    assert last_retractable(table.journal) is None
    table.answer(Cups(4))
    assert last_retractable(table.journal) == len(table.journal)


def test_replay_begins_at_the_last_restart(table, Cups):
    table.answer(Cups(2))
    lines = [*table.journal, Input(7, "restart", "restart/rescue", encode(Restart("rescue", 5)))]
    assert effective(lines) == (Restart("rescue", 5), [])


def test_a_retract_after_another_counts_from_what_was_left(Cups):
    lines = [
        Input(1, "answer", "ask/a", b'{"meaning":{}}'),
        Input(2, "answer", "ask/b", b'{"meaning":{}}'),
        Input(3, "retract", "retract", encode(Retract(2))),
        Input(4, "answer", "ask/b", b'{"meaning":{}}'),
        Input(5, "retract", "retract", encode(Retract(4))),
    ]
    assert [line.number for line in effective(lines)[1]] == [1]


@pytest.mark.parametrize("name", ["repeat", "slower"])
def test_repeat_says_all_of_the_last_reply_again(table, name):
    before = table.run()
    run = table.answer(Signal(name))
    assert (run.said, run.pending.spoken) == (before.said, before.pending.spoken)
    assert table.run().said == before.said


def test_slower_holds_to_the_end(table, Cups):
    table.answer(Signal("slower"))
    table.answer(Cups(2))
    assert table.run().slow


def test_what_is_no_step_is_refused(table):
    class Odd:
        def __await__(self):
            yield "coffee"

    async def script():
        await Odd()

    table.script = script
    with pytest.raises(TypeError, match="no step"):
        table.run()


def test_what_stands_for_an_operator_is_written_for_one_alone(table, Order):
    async def script():
        await IfLeft(Order(1), by_jump=False, by_operator=True)
        await Leave()
        await IfLeft(Order(2), by_jump=False, by_operator=True)
        await Leave(for_operator=True)
        await Transfer("waiter")

    table.script = script
    table.keep(table.run())
    assert table.done == [Order(2)]


def test_a_wish_beside_an_answer_waits_for_its_turn_and_comes_once(table, Cups, question, ask):
    got = []

    async def script():
        cups = await ask(question())
        got.append((cups, await NextWish(), await NextWish()))
        await Transfer("waiter")

    table.script = script
    table.answer(AndWish(Cups(2), Signal("topic", "refund")))
    assert got == [(Cups(2), Signal("topic", "refund"), None)]
    table.run()
    assert got[1:] == got[:1]


def test_a_wish_is_taken_back_with_its_answer(table, Cups, question, ask):
    wishes = []

    async def script():
        await ask(question())
        wishes.append(await NextWish())
        await Transfer("waiter")

    table.script = script
    table.answer(AndWish(Cups(2), Signal("topic", "refund")))
    table.journal.clear()  # as «назад» leaves it
    table.answer(Cups(3))
    assert wishes == [Signal("topic", "refund"), None]
