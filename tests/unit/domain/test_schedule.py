"""When operators work, and what every caller is told."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.domain.calls import MOSCOW
from ivr.domain.schedule import DAY, MOST_LETTERS, Hours, Message, Schedule, ScheduleError

EIGHT_TO_EIGHT = Hours(8 * 60, 20 * 60)
NIGHT = Hours(20 * 60, 8 * 60)
USUAL = (*[EIGHT_TO_EIGHT] * 5, Hours(9 * 60, 18 * 60), None)
FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 11, day) for day in (20, 21, 22, 23))


def at(day, hours, minutes=0):
    return datetime(day.year, day.month, day.day, tzinfo=MOSCOW) + timedelta(hours=hours, minutes=minutes)


@pytest.mark.parametrize(
    ("moment", "is_open", "opens"),
    [
        (at(FRIDAY, 7, 59), False, at(FRIDAY, 8)),
        (at(FRIDAY, 8), True, at(FRIDAY, 8)),
        (at(FRIDAY, 19, 59), True, at(FRIDAY, 19, 59)),
        (at(FRIDAY, 20), False, at(SATURDAY, 9)),
        (at(SATURDAY, 18), False, at(MONDAY, 8)),
        (at(SUNDAY, 12), False, at(MONDAY, 8)),
        (at(MONDAY, 0), False, at(MONDAY, 8)),
    ],
)
def test_a_usual_week(moment, is_open, opens):
    schedule = Schedule(USUAL)
    assert schedule.open_at(moment) is is_open
    assert schedule.opens_next(moment) == opens
    assert schedule.open_at(moment.astimezone(UTC)) is is_open


def test_without_anything_they_always_work():
    assert Schedule().open_at(at(SUNDAY, 3))
    assert Schedule().emergency_at(at(SUNDAY, 3)) == ""


def test_a_holiday_has_its_own_hours():
    schedule = Schedule(USUAL, {FRIDAY: None, SUNDAY: Hours(10 * 60, DAY)})
    assert not schedule.open_at(at(FRIDAY, 12))
    assert schedule.opens_next(at(FRIDAY, 7)) == at(SATURDAY, 9)
    assert schedule.open_at(at(SUNDAY, 23, 59))
    assert not schedule.open_at(at(MONDAY, 0))


def test_a_shift_over_midnight_goes_on_into_the_next_day():
    schedule = Schedule([NIGHT, None, None, None, NIGHT, None, None], {SATURDAY: None})
    assert not schedule.open_at(at(FRIDAY, 7))  # Thursday has none
    assert schedule.open_at(at(FRIDAY, 23))
    assert schedule.open_at(at(SATURDAY, 7, 59))
    assert not schedule.open_at(at(SATURDAY, 8))
    assert schedule.opens_next(at(SATURDAY, 8)) == at(MONDAY, 20)


def test_midnight_is_the_end_of_a_day_by_either_name():
    for end in (0, DAY):
        schedule = Schedule([Hours(20 * 60, end)] * 7)
        assert schedule.open_at(at(FRIDAY, 23, 59))
        assert not schedule.open_at(at(SATURDAY, 0))


def test_who_never_works_opens_never():
    assert Schedule([None] * 7).opens_next(at(FRIDAY, 12)) is None
    far = Schedule([None] * 7, {date(2026, 12, 31): EIGHT_TO_EIGHT})
    assert far.opens_next(at(FRIDAY, 12)) == at(date(2026, 12, 31), 8)


@pytest.mark.parametrize(("opens", "closes"), [(480, 480), (-1, 480), (DAY, 60), (480, DAY + 1)])
def test_hours_that_cannot_be(opens, closes):
    with pytest.raises(ScheduleError, match="00:00"):
        Hours(opens, closes)


def minutes(limit):
    return st.integers(0, limit)


HOURS = st.none() | st.builds(lambda pair: Hours(*pair), st.tuples(minutes(DAY - 1), minutes(DAY)).filter(
    lambda pair: pair[0] != pair[1]
))  # fmt: skip
SCHEDULES = st.builds(
    Schedule,
    st.lists(HOURS, min_size=7, max_size=7),
    st.dictionaries(st.dates(date(2026, 11, 15), date(2026, 12, 5)), HOURS, max_size=6),
)
MOMENTS = st.datetimes(datetime(2026, 11, 18), datetime(2026, 11, 30)).map(
    lambda naive: naive.replace(tzinfo=UTC)
)


@given(SCHEDULES, MOMENTS)
def test_they_work_when_they_open_next_and_not_before(schedule, moment):
    opens = schedule.opens_next(moment)
    if schedule.open_at(moment):
        assert opens == moment
        return
    end = moment + timedelta(days=9) if opens is None else opens
    assert opens is None or (opens > moment and schedule.open_at(opens))
    step = max((end - moment) / 97, timedelta(microseconds=1))
    between = [moment + step * number for number in range(97)] + [end - timedelta(microseconds=1)]
    assert not any(schedule.open_at(one) for one in between if moment <= one < end)


@given(SCHEDULES, MOMENTS)
def test_each_minute_belongs_to_a_shift_of_its_day_or_of_the_day_before(schedule, moment):
    local = moment.astimezone(MOSCOW)
    minute = local.hour * 60 + local.minute
    own, before = schedule.hours_on(local.date()), schedule.hours_on(local.date() - timedelta(1))
    inside = own is not None and minute >= own.opens and (minute < own.closes or own.closes < own.opens)
    spilled = before is not None and before.closes < before.opens and minute < before.closes
    assert schedule.open_at(moment) is (inside or spilled)


class TestMessages:
    def test_in_force_from_its_beginning_until_its_end(self):
        schedule = Schedule(emergency=[Message("Авария.", at(FRIDAY, 10), at(FRIDAY, 12))])
        said = [schedule.emergency_at(at(FRIDAY, *when)) for when in ((9, 59), (10,), (11, 59), (12,))]
        assert said == ["", "Авария.", "Авария.", ""]

    def test_several_are_said_in_their_order(self):
        schedule = Schedule(emergency=[Message("Одно."), Message("Другое.", until=at(FRIDAY, 12))])
        assert schedule.emergency_at(at(FRIDAY, 10)) == "Одно. Другое."
        assert schedule.emergency_at(at(FRIDAY, 13)) == "Одно."

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            (("  ",), "текст пуст"),
            (("а" * (MOST_LETTERS + 1),), "знаков 301"),
            (("Авария.", at(FRIDAY, 12), at(FRIDAY, 12)), "конец не позже начала"),
        ],
    )
    def test_one_that_cannot_be(self, fields, told):
        with pytest.raises(ScheduleError, match=told):
            Message(*fields)

    def test_all_that_is_said_at_once_can_be_taken_in_by_ear(self):
        first, second = Message("а" * 200, until=at(FRIDAY, 12)), Message("б" * 200, at(FRIDAY, 12))
        Schedule(emergency=[first, second])  # one after the other
        with pytest.raises(ScheduleError, match="знаков 401"):
            Schedule(emergency=[first, Message("б" * 200, at(FRIDAY, 11, 59))])


def test_a_week_has_seven_days():
    with pytest.raises(ScheduleError, match="дней в неделе 5"):
        Schedule([None] * 5)
