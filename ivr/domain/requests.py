"""Requests of callers, and the numbers by which people speak of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

RequestKind = Literal["reprogramming", "call_back", "outage"]
RequestState = Literal["new", "in_work", "done", "cancelled"]
OPEN_STATES: tuple[RequestState, ...] = ("new", "in_work")


@dataclass(frozen=True)
class Details:
    """What a caller told of a request; what is not told is left as it is."""

    meter_id: int | None = None
    balance: int | None = None
    """Kopecks left on a prepaid meter."""
    runs_out_at: datetime | None = None
    """When they are used up, at the earliest; aware."""
    incomplete: bool = False
    """The caller could not tell all that was asked: a person should ask again."""
    address: str = ""
    """Where there is no power, word for word."""
    since: str = ""
    """Since when, word for word."""


@dataclass(frozen=True)
class RequestTold:
    """What may be told of a request: no address, no phone. Days are by the Moscow calendar."""

    number: str
    kind: RequestKind
    state: RequestState
    urgent: bool
    taken_on: date
    changed_on: date
    meter_id: int | None = None

    @property
    def open(self) -> bool:
        """Whether it still waits to be carried out."""
        return self.state in OPEN_STATES


A_DAY = timedelta(days=1)
"""«… не позднее, чем за сутки до предполагаемого обнуления баланса предоплаты» (the notice)."""


def is_urgent(now: datetime, balance: int | None, runs_out_at: datetime | None) -> bool:
    """Whether a prepaid meter may be cut off before a request could be carried out in time: kopecks, aware times."""
    at_zero = balance is not None and balance <= 0
    return at_zero or (runs_out_at is not None and runs_out_at - now < A_DAY)


NumberKind = Literal["request", "receipt"]
_LEADING: dict[NumberKind, str] = {"request": "1", "receipt": "7"}
_DIGITS = 4


def human_number(kind: NumberKind, id: int) -> str:
    """A number to say and to write down: the kind's digit, the id (four digits or more), a check digit (Luhn).

    A misheard digit makes a number that does not exist, so nobody looks up another's; the first digit tells a
    request from a receipt.
    """
    body = f"{_LEADING[kind]}{id:0{_DIGITS}d}"
    return body + str(_luhn(body))


def id_of(kind: NumberKind, number: str) -> int | None:
    """The row behind a human number of this kind, or None where the number cannot be one."""
    body, check = number[:-1], number[-1:]
    if not (number.isascii() and number.isdigit()) or body[:1] != _LEADING[kind]:
        return None
    if len(body) <= _DIGITS or check != str(_luhn(body)):
        return None
    return int(body[1:]) or None


def _luhn(body: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return -total % 10
