"""Whose account it is: by the caller's number, else said or keyed, three tries, then an operator."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from ivr.dialogue.asking import ask
from ivr.dialogue.steps import Do, Heard, Jump, Question, Say
from ivr.domain.accounts import Account
from ivr.domain.commands import ChooseAccount, FindAccount, FindAccounts
from ivr.flows.choosing import choice_question
from ivr.flows.common import likeliest, read_back, unknown
from ivr.flows.visit import Visit
from ivr.language import wording
from ivr.language.grammar import Grammar
from ivr.language.numbers import ACCOUNT_WORDS, LOOKED_AT, SpokenNumber, spoken_numbers

TRIES = 3
MOST_TO_CHOOSE = 9
"""More accounts than that have no key each: the number is asked for."""
ABOUT_AN_ACCOUNT = frozenset(
    {"submit_readings", "last_readings", "request_reprogramming", "request_status", "outage"}
)
"""Topics that go on with the other account; any other was about the caller."""
TAIL_DIGITS = 4
"""So many last digits of an account's number tell its owner which one is meant."""


@dataclass(frozen=True)
class AccountHeard:
    """An account number as heard; `unknown`: the caller does not know it."""

    number: str = ""
    unknown: bool = False


async def identify(visit: Visit) -> Account:
    """The account that this call is about; asked once."""
    if visit.account is None:
        account = await _by_phone(visit) or await _by_number(visit)
        await Do(ChooseAccount(account.id))
        visit.account = account
    elif not visit.named:
        await Say("account_again", {"tail": _tail(visit.account)})
    visit.named = True
    return visit.account


async def known_by_phone(visit: Visit) -> tuple[Account, ...]:
    """The accounts of the caller's number, with nothing asked."""
    if visit.facts.caller is None or visit.by_number:
        return ()
    return (await Do(FindAccounts(visit.facts.caller))).accounts


async def known_accounts(visit: Visit) -> tuple[Account, ...]:
    """The account of this call; else those of the caller's number, with nothing asked."""
    return (visit.account,) if visit.account else await known_by_phone(visit)


async def other_account(visit: Visit) -> str:
    """«Другой счёт»: ask for its number and go on with what the caller came for."""
    visit.account, visit.by_number = None, True
    await Do(ChooseAccount(None))
    await identify(visit)
    return visit.topic if visit.topic in ABOUT_AN_ACCOUNT else "what_else"


async def _by_phone(visit: Visit) -> Account | None:
    accounts = await known_by_phone(visit)
    if not 0 < len(accounts) <= MOST_TO_CHOOSE:
        return None
    if len(accounts) == 1:
        await Say("account_by_phone", {"tail": _tail(accounts[0])})
        return accounts[0]
    await Say("accounts_by_phone")
    for key, account in enumerate(accounts, start=1):
        await Say("account_item", {"tail": _tail(account), "key": key})
    question = choice_question(visit, "account_choice", [account.number for account in accounts])
    chosen = accounts[(await ask(question)).index]
    await Say("account_chosen", {"tail": _tail(chosen)})
    return chosen


async def _by_number(visit: Visit) -> Account:
    digits = visit.facts.account_digits
    question = Question(
        "account",
        AccountHeard,
        _understand_account(visit.grammars["account"], digits),
        Say("account", {"digits": digits}),
        grammar="number",
        digits=digits,
        timeout_s=10,
        pause_s=3,
    )
    number = ""
    for _ in range(TRIES):
        if not number:
            heard = await ask(question)
            if heard.unknown:
                break
            number = heard.number
        if len(number) != digits:
            await Say("account_wrong_length", {"digits": digits, "heard": len(number)})
            number = ""
            continue
        answer = await read_back(
            visit,
            "account_right",
            Say("account_right", {"account": number}),
            wording.account(number),
            ACCOUNT_WORDS,
            lambda said: len(said) == digits,
            digits,
        )
        if answer.yes:
            if found := await _find(visit, number):
                return found
            await Say("account_not_found")
        number = answer.corrected
    raise Jump("operator", reason="account_unknown", question="account")


async def _find(visit: Visit, number: str) -> Account | None:
    if not re.fullmatch(visit.facts.account_pattern, number):
        return None
    return await account_of(number)


async def account_of(number: str) -> Account | None:
    """The account with this number."""
    return next(iter((await Do(FindAccount(number))).accounts), None)


def _understand_account(grammar: Grammar, digits: int) -> Callable[[Heard], AccountHeard | None]:
    """A number, or that the caller knows none."""

    def understand(heard: Heard) -> AccountHeard | None:
        if unknown(grammar, heard):
            return AccountHeard(unknown=True)
        number = account_number(heard, digits)
        return AccountHeard(number) if number else None

    return understand


def account_number(heard: Heard, digits: int) -> str:
    """The digits keyed or said, those of the right length first; empty without any."""
    if heard.keys:
        return heard.keys if heard.keys.isdigit() else ""
    numbers = (number for text in heard.alternatives for number in _numbers(text))
    return likeliest(numbers, lambda said: len(said) == digits)


def _tail(account: Account) -> str:
    return account.number[-TAIL_DIGITS:]


def _numbers(text: str) -> Iterator[SpokenNumber]:
    return islice(spoken_numbers(text, ACCOUNT_WORDS), LOOKED_AT)
