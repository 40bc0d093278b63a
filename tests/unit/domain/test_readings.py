"""When a reading is doubtful, rolled over, in time."""

from datetime import date

import pytest

from ivr.domain.accounts import Register
from ivr.domain.readings import Limits, Sheet, Window, doubt, rolled_over, usual_use

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
