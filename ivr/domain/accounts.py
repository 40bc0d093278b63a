"""Accounts (лицевые счета), their meters and the registers of each meter."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Zone = Literal["T", "T1", "T2", "T3"]
"""A tariff zone: T is a meter's only one; T1 day or peak, T2 night, T3 half-peak."""


@dataclass(frozen=True)
class Register:
    """One counting register of a meter; `digits` stand before the decimal point (4 to 7)."""

    id: int
    zone: Zone
    digits: int


@dataclass(frozen=True)
class Meter:
    """A meter; `number` is the one on its case, `max_power_kw` the most it may draw."""

    id: int
    number: str
    type: str
    prepaid: bool
    max_power_kw: float | None
    registers: tuple[Register, ...]
    reprogrammed_on: date | None = None
    """When its prepayment was switched off."""


@dataclass(frozen=True)
class Account:
    """What a script may know of an account. No name and no address: those are never read out to a caller."""

    id: int
    number: str
    meters: tuple[Meter, ...]

    @property
    def prepaid(self) -> bool:
        """Whether a meter of this account still runs on prepaid money."""
        return any(meter.prepaid for meter in self.meters)
