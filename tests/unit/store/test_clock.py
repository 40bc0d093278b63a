"""The clock for demos and tests: one for all processes, through restarts."""

from datetime import UTC, datetime, timedelta

import time_machine

from tests.support.at_once import at_once

A_MOMENT = timedelta(seconds=30)
OTHER = datetime.fromisoformat("2027-02-16T09:00:00+03:00")


def test_it_began_where_it_was_set(line, settings):
    assert abs(line.clock.now() - settings.clock) < timedelta(minutes=30)
    assert line.clock.now().tzinfo is UTC


def test_a_restart_does_not_turn_it_back(line, new_line):
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=5), tick=True):
        again = new_line()
        assert again.clock.offset == line.clock.offset
        assert again.clock.now() - line.clock.now() < A_MOMENT


def test_the_same_moment_in_another_zone_is_the_same(line, new_line, settings):
    assert new_line(clock=settings.clock.astimezone(UTC)).clock.offset == line.clock.offset


def test_another_value_moves_it_for_all_who_start_then(line, new_line):
    moved = new_line(clock=OTHER)
    assert abs(moved.clock.now() - OTHER) < A_MOMENT
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1), tick=True):
        assert new_line(clock=OTHER).clock.offset == moved.clock.offset


def test_processes_that_start_at_once_agree(new_line):
    lines = at_once(*[lambda: new_line(clock=OTHER)] * 3)
    assert len({one.clock.offset for one in lines}) == 1


def test_with_none_set_it_is_the_machines_own(new_line):
    assert new_line(clock=None).clock.offset == timedelta()
