"""What is fixed about a call when it begins."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ivr.domain.readings import Limits, Window

MOSCOW = ZoneInfo("Europe/Moscow")


@dataclass(frozen=True)
class CallFacts:
    """Facts pinned at a call's first turn, so that no later setting, grammar or midnight changes its past."""

    sid: str
    caller: str | None
    """E.164, or None where the caller hides the number."""
    started: datetime
    """Aware, UTC."""
    window: Window = field(default_factory=Window)
    limits: Limits = field(default_factory=Limits)
    account_digits: int = 10
    account_pattern: str = r"\d+"
    """A regular expression that the whole number of an account fits."""
    grammar: str = ""
    """The grammars' revision that heard this call."""
    operators_open: bool = True
    """Whether operators work when the call begins."""
    operators_from: datetime | None = None
    """When they begin to, where they do not (aware, UTC); None: nobody knows."""
    emergency: str = ""
    """What every caller is told first."""

    @property
    def now(self) -> datetime:
        """The call's clock, in Moscow: when it began, whenever that is asked for."""
        return self.started.astimezone(MOSCOW)

    @property
    def today(self) -> date:
        """The day of the call in Moscow, by which the window for readings is judged."""
        return self.now.date()
