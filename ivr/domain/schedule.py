"""When operators work, and what every caller is told first. All in the time of Moscow.

A shift belongs to the day on which it begins: one over midnight goes on into a holiday, and a holiday that has hours
of its own has no other ones.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from ivr.domain.calls import MOSCOW, CallFacts

DAY = 24 * 60
"""Minutes."""
MOST_LETTERS = 300
"""What a caller takes in by ear: about twenty seconds."""
FAR = 366
"""Days; what opens later than that is no answer to «когда»."""
_EARLIEST = datetime.min.replace(tzinfo=UTC)


class ScheduleError(ValueError):
    """A schedule that cannot be; the Russian message names the value and the way out."""


@dataclass(frozen=True)
class Hours:
    """A shift, in minutes after midnight. One that closes no later than it opens ends on the next day.

    Raises ScheduleError.
    """

    opens: int
    closes: int
    """1440 is the end of the day."""

    def __post_init__(self) -> None:
        if not (0 <= self.opens < DAY and 0 <= self.closes <= DAY):
            raise ScheduleError(f"«{self}»: часы бывают с 00:00 до 24:00, а начало до 23:59")
        if self.opens == self.closes:
            raise ScheduleError(
                f"«{self}»: начало и конец совпадают; круглые сутки — 00:00-24:00, нерабочий день — closed"
            )

    def __str__(self) -> str:
        return f"{clock(self.opens)}-{clock(self.closes)}"

    def on(self, day: date) -> tuple[datetime, datetime]:
        """From when to when the shift of that day is; the end is no part of it."""
        length = self.closes - self.opens + (DAY if self.closes < self.opens else 0)
        begins = datetime.combine(day, time.min, MOSCOW) + timedelta(minutes=self.opens)
        return begins, begins + timedelta(minutes=length)


ALWAYS = Hours(0, DAY)
ROUND_THE_CLOCK: tuple[Hours | None, ...] = (ALWAYS,) * 7


def clock(minutes: int) -> str:
    """570 → «09:30»."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _unsayable(sign: str) -> bool:
    """What no reply may hold: control characters, halves of pairs, and what is no character."""
    return unicodedata.category(sign) in ("Cc", "Cs") or sign in "\ufffe\uffff"


@dataclass(frozen=True)
class Message:
    """What every caller hears after the greeting while it is in force. Raises ScheduleError.

    `since`, `until`: aware; None is without a beginning, or until it is taken down.
    """

    text: str
    since: datetime | None = None
    until: datetime | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ScheduleError("текст пуст: напишите, что должен услышать абонент")
        if (sign := next(filter(_unsayable, self.text), None)) is not None:
            raise ScheduleError(f"в тексте непечатный знак U+{ord(sign):04X}: уберите его")
        if len(self.text) > MOST_LETTERS:
            raise ScheduleError(
                f"в тексте знаков {len(self.text)}, на слух воспринимают до {MOST_LETTERS}: сократите"
            )
        if self.since is not None and self.until is not None and self.since >= self.until:
            raise ScheduleError("конец не позже начала: поменяйте их или исправьте дату")

    def at(self, moment: datetime) -> bool:
        """Whether it is in force; at `until` it is so no more."""
        return (self.since is None or self.since <= moment) and (self.until is None or moment < self.until)


@dataclass(frozen=True)
class Schedule:
    """Hours by day of the week (Monday first; None: closed), other hours on some dates, and the messages.

    Without anything: round the clock and no message. Raises ScheduleError.
    """

    week: Sequence[Hours | None] = ROUND_THE_CLOCK
    holidays: Mapping[date, Hours | None] = field(default_factory=dict)
    emergency: Sequence[Message] = ()

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ScheduleError(f"дней в неделе {len(self.week)}, а нужно 7")
        for message in self.emergency:
            together = self.emergency_at(message.since or _EARLIEST)
            if len(together) > MOST_LETTERS:
                raise ScheduleError(
                    f"сообщения, которые звучат одновременно, занимают знаков {len(together)}, на слух "
                    f"воспринимают до {MOST_LETTERS}: сократите их или разведите по времени («{message.text}»)"
                )

    def hours_on(self, day: date) -> Hours | None:
        """The shift that begins on that day, if any."""
        return self.holidays[day] if day in self.holidays else self.week[day.weekday()]

    def open_at(self, moment: datetime) -> bool:
        """Whether operators work at that moment (aware)."""
        day = moment.astimezone(MOSCOW).date()
        return any(begins <= moment < ends for begins, ends in self._shifts(day - timedelta(1), 2))

    def opens_next(self, moment: datetime) -> datetime | None:
        """The first moment from that one on (aware) at which operators work: itself where they do.

        None where there is none within a year.
        """
        if self.open_at(moment):
            return moment
        day = moment.astimezone(MOSCOW).date()
        return next((begins for begins, _ in self._shifts(day, FAR) if begins > moment), None)

    def emergency_at(self, moment: datetime) -> str:
        """What every caller is told first at that moment (aware), in the order of the messages; empty: nothing."""
        return " ".join(message.text for message in self.emergency if message.at(moment))

    def pin(self, facts: CallFacts) -> CallFacts:
        """The facts of a call that begins under this schedule."""
        now = facts.started
        working = self.open_at(now)
        begins = None if working else self.opens_next(now)
        return replace(
            facts,
            operators_open=working,
            operators_from=begins and begins.astimezone(UTC),
            emergency=self.emergency_at(now),
        )

    def _shifts(self, first: date, days: int) -> Iterator[tuple[datetime, datetime]]:
        """By their beginning, which is no later than the last day."""
        for number in range(days):
            day = first + timedelta(number)
            if (hours := self.hours_on(day)) is not None:
                yield hours.on(day)
