"""Requests of callers, and the numbers by which people speak of them."""

from typing import Literal

RequestKind = Literal["reprogramming", "call_back"]
RequestState = Literal["new", "in_work", "done", "cancelled"]
OPEN_STATES: tuple[RequestState, ...] = ("new", "in_work")

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
