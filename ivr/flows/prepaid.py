"""What is left on a prepaid meter: how much, and until when; asked, or said with the topic («двести, дня на три»)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ivr.dialogue.asking import ask
from ivr.dialogue.steps import Heard, Question, Say
from ivr.domain.requests import Details, is_urgent
from ivr.flows.common import unknown, yes_no
from ivr.flows.visit import Visit
from ivr.language.prepaid import Balance, spoken_balance

PREPAID_TOPICS = frozenset({"request_reprogramming", "prepaid_dark"})
MOST_KOPECKS = 100_000_00
"""More than that is on no household's meter: misheard, or said in jest."""
LONGEST = timedelta(days=365)
_HEAD = re.compile(r"^.+?(?=,? (?:а|и) (?:когда|как|что|почему|сколько|где|скажите)\b)")
"""The answer before a question in the same breath («рублей пятьсот, а когда приедете?»)."""
TRIES = 2
"""Times that something impossible is heard before it counts as not known."""


@dataclass(frozen=True)
class Left:
    """What is known of the money: kopecks, and the earliest time at which it may be used up (aware)."""

    balance: int | None = None
    until: datetime | None = None

    def urgent(self, now: datetime) -> bool:
        """Whether the power may go before a request that was made in time could be carried out."""
        return is_urgent(now, self.balance, self.until)

    def lasts(self, now: datetime) -> bool:
        """Whether something is known of it, and none of it is urgent."""
        return self != Left() and not self.urgent(now)

    def details(self, meter_id: int | None = None) -> Details:
        """For the request; what the caller could not tell makes it incomplete."""
        incomplete = self.balance is None or self.until is None
        return Details(meter_id, self.balance, self.until, incomplete)

    @property
    def missing(self) -> tuple[str, ...]:
        """What an operator should ask, by name."""
        named = (("balance", self.balance), ("until", self.until))
        return tuple(name for name, value in named if value is None)


@dataclass(frozen=True)
class LeftHeard:
    """An answer about the money left; `unknown`: the caller cannot tell."""

    balance: int | None = None
    until: datetime | None = None
    past: bool = False
    """`until` is a day that is over."""
    unknown: bool = False


def opening_balance(text: str, at: datetime) -> dict[str, str]:
    """What a sentence that opens the topic says of the money, as details of a topic."""
    heard = _heard(spoken_balance(text, at, bare=False))
    if heard is None or heard.past or not _possible(heard, at):
        return {}
    said = {"balance": heard.balance, "until": heard.until and heard.until.isoformat()}
    return {name: str(value) for name, value in said.items() if value is not None}


def left_of(details: Mapping[str, str]) -> Left:
    """What `opening_balance` found."""
    balance, until = details.get("balance"), details.get("until")
    return Left(int(balance) if balance else None, datetime.fromisoformat(until) if until else None)


async def ask_left(visit: Visit, left: Left) -> Left:
    """How much is left and until when; what the caller does not know stays None. At zero nothing more is asked."""
    now = visit.facts.now
    if left.balance is None:
        left = await _ask_balance(visit, left)
    if left.until is None and not left.urgent(now):
        left = await _ask_until(visit, left)
    return left


async def _ask_balance(visit: Visit, left: Left) -> Left:
    question = _question(visit, "balance", Say("balance"), bare=True)
    for _ in range(TRIES):
        heard = await ask(question)
        if not _possible(heard, visit.facts.now):
            await Say("balance_impossible")
            continue
        found = Left(heard.balance, left.until if heard.until is None or heard.past else heard.until)
        if found.balance is not None or found.until is not None or heard.unknown:
            return found
    return left


async def _ask_until(visit: Visit, left: Left) -> Left:
    for _ in range(TRIES):
        known = left.balance is not None
        prompt = Say("until_of", {"balance": left.balance}) if known else Say("until")
        heard = await ask(_question(visit, "until", prompt, bare=False))
        if heard.unknown:
            return left
        possible = _possible(heard, visit.facts.now)
        if heard.balance is not None and possible:
            left = replace(left, balance=heard.balance)  # «нет, триста»
        if heard.past:
            if await yes_no(visit, "is_at_zero", Say("is_at_zero")):
                return replace(left, balance=0)
        elif heard.until is not None:
            if possible:
                return replace(left, until=heard.until)
            await Say("until_impossible")
        if left.urgent(visit.facts.now):
            return left
    return left


def _question(visit: Visit, id: str, prompt: Say, *, bare: bool) -> Question[LeftHeard]:
    return Question(
        id, LeftHeard, _understand(visit, bare=bare), prompt, grammar="number", zero_is_value=True, pause_s=3
    )


def _understand(visit: Visit, *, bare: bool) -> Callable[[Heard], LeftHeard | None]:
    """`bare`: a number alone is money; else keys are days."""
    now, statements = visit.facts.now, visit.grammars["statements"]

    def understand(heard: Heard) -> LeftHeard | None:
        if heard.keys:
            return _keyed(heard.keys, now, money=bare)
        for text in heard.alternatives:
            for said in (text, *_HEAD.findall(text)):
                if (found := _heard(spoken_balance(said, now, bare=bare))) is not None:
                    return found
            if any(statements.says(text, meaning) for meaning in ("at_zero", "dark")):
                return LeftHeard(balance=0)
        return LeftHeard(unknown=True) if unknown(visit.grammars["unknown"], heard) else None

    return understand


def told_urgent(visit: Visit) -> Callable[[str], bool | None]:
    """Whether an answer in money or time («завтра кончатся») says that it is urgent; None if it does not tell."""
    now = visit.facts.now

    def told(text: str) -> bool | None:
        heard = _heard(spoken_balance(text, now, bare=False))
        if heard is None or (heard.until is None and (heard.balance or 0) > 0):
            return None
        return heard.past or is_urgent(now, heard.balance, heard.until)

    return told


def _keyed(keys: str, now: datetime, *, money: bool) -> LeftHeard | None:
    if not keys.isdigit() or len(keys) > 9:
        return None
    value = int(keys)
    if money:
        return LeftHeard(balance=value * 100)
    return LeftHeard(until=now + timedelta(days=min(value, LONGEST.days + 1)))


def _heard(said: Balance) -> LeftHeard | None:
    if said.money is None and said.until is None:
        return None
    balance = said.money.kopecks if said.money else None
    return LeftHeard(balance, said.until.earliest, said.until.past) if said.until else LeftHeard(balance)


def _possible(heard: LeftHeard, now: datetime) -> bool:
    too_much = heard.balance is not None and abs(heard.balance) > MOST_KOPECKS
    return not too_much and (heard.until is None or heard.until - now <= LONGEST)
