"""What an operator is told by the script that hands a call over."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Brief:
    """What the script knows when it hands a call over; what the call has saved stands in the database."""

    topic: str = ""
    account_id: int | None = None
    open_question: str = ""
    missing: tuple[str, ...] = ()
    """What else is not known yet, by name: "balance", "until", "phone"."""
