"""When a reading is doubtful, rolled over, in time."""

from datetime import date

import pytest

from ivr.domain.accounts import Register
from ivr.domain.readings import (
    Candidate,
    Costs,
    Limits,
    Sheet,
    Window,
    doubt,
    rank,
    rival,
    rolled_over,
    usual_use,
)

TODAY = date(2026, 11, 20)
LIMITS = Limits()


def sheet(last=12301, usual=150, digits=5, power=15.0, last_on=date(2026, 10, 20)):
    return Sheet(Register(1, "T", digits), "1", "M", power, last, last_on, usual)


@pytest.mark.parametrize(
    ("value", "known", "expected"),
    [
        (12450, sheet(), None),
        (12301, sheet(), None),
        (12300, sheet(), "below_last"),
        (12301 + 460, sheet(), "far_above_usual"),
        (12301 + 450, sheet(), None),
        (12301 + 900, sheet(last_on=date(2026, 8, 20)), None),  # three months' use
        (99999, sheet(), "above_max_power"),
        (40, sheet(last=99950), None),  # rolled over
        (9000, sheet(last=99950), "below_last"),  # a rollover would hide too much
        (40, sheet(last=99950, usual=None), None),
        (40, sheet(last=50000, usual=None), "below_last"),
        (5, sheet(last=None, last_on=None, usual=None), None),
        (99999, sheet(last=None, last_on=None, usual=None), None),
        (25000, sheet(usual=None), "above_max_power"),
        (13000, sheet(usual=None, power=None), None),
    ],
)
def test_doubt(value, known, expected):
    assert doubt(value, known, TODAY, LIMITS) == expected


def test_a_rollover_is_told_from_a_low_reading():
    assert rolled_over(40, sheet(last=99950), TODAY, LIMITS)
    assert not rolled_over(12000, sheet(), TODAY, LIMITS)
    assert not rolled_over(12400, sheet(), TODAY, LIMITS)


def test_a_month_too_short_to_judge_counts_as_one():
    yesterday = sheet(last_on=date(2026, 11, 19), power=None)
    assert doubt(12301 + 450, yesterday, TODAY, LIMITS) is None


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([], None),
        ([(date(2026, 1, 20), 100)], None),
        ([(date(2026, 1, 20), 100), (date(2026, 2, 20), 250)], 147),
        ([(date(2026, 1, 20), 99950), (date(2026, 2, 19), 50)], 100),  # over the last digit
        ([(date(2026, m, 20), v) for m, v in ((1, 0), (2, 150), (3, 300), (4, 5000), (5, 5150))], 150),
    ],
)
def test_usual_use_is_the_median_a_month(history, expected):
    found = usual_use(history, 5)
    assert found == expected or abs(found - expected) <= 4  # months differ by a day or two


@pytest.mark.parametrize(("day", "open_"), [(14, False), (15, True), (26, True), (27, False), (1, False)])
def test_the_window_of_the_notice(day, open_):
    assert Window().is_open(date(2026, 11, day)) is open_


def ranked(*candidates, known=None):
    return rank([Candidate(*one) for one in candidates], known or sheet(), TODAY, LIMITS)


def values(*candidates, known=None):
    return [one.value for one in ranked(*candidates, known=known)]


def test_what_fits_the_meter_outweighs_how_it_was_cut():
    assert values(("12045", 1.0), ("12345", 3.0)) == [12345, 12045]
    assert values(("12345", 1.0), ("12450", 1.0)) == [12345, 12450]  # 44 kWh before 149
    assert values(("99345", 1.0), ("12745", 3.0)) == [12745, 99345]


def test_a_number_longer_than_the_register_is_left_out():
    assert values(("123456", 0.0), ("12345", 5.0)) == [12345]


def test_a_rollover_is_believed_but_not_preferred():
    assert values(("00040", 1.0), ("99990", 1.0), known=sheet(last=99950)) == [99990, 40]
    assert ranked(("00040", 1.0), known=sheet(last=99950))[0].doubt is None


def test_the_doubt_is_told():
    assert [one.doubt for one in ranked(("12045", 1.0), ("12345", 1.0))] == [None, "below_last"]


def test_the_first_of_equal_digits_counts_once():
    assert values(("12345", 2.0), ("12345", 1.0), ("012345", 1.0)) == [12345]
    assert ranked(("12345", 2.0), ("12345", 1.0))[0].candidate.cost == 1.0


def test_with_nothing_known_the_fuller_number_is_likelier():
    known = sheet(last=None, last_on=None, usual=None, power=None)
    assert values(("345", 1.0), ("12345", 2.0), known=known) == [12345, 345]


def test_two_as_likely_are_rivals():
    first, second = ranked(("12350", 1.0, 0), ("12315", 1.0, 1))
    assert (first.value, rival((first, second))) == (12350, second)


def test_a_doubtful_or_dearer_one_is_no_rival():
    assert rival(ranked(("12350", 1.0), ("12050", 1.0))) is None
    assert rival(ranked(("12350", 1.0), ("12315", 2.5))) is None
    assert rival(ranked(("12350", 1.0))) is None
    assert rival(ranked(("12350", 1.0, 0), ("12315", 1.0, 1)), Costs(close=0.5)) is None


def test_a_number_cut_short_is_less_likely_than_a_reading_a_little_below():
    assert values(("1234", 1.0), ("12045", 3.0)) == [12045, 1234]
