"""Whose account it is: by the caller's number, else said or keyed, three tries, then an operator."""

from collections.abc import Callable
from dataclasses import dataclass

from ivr.dialogue.asking import ask
from ivr.dialogue.steps import Do, Heard, Jump, Question, Say
from ivr.domain.accounts import Account
from ivr.domain.commands import ChooseAccount, FindAccount, FindAccounts
from ivr.flows.common import read_back
from ivr.flows.visit import Visit
from ivr.language.grammar import Grammar
from ivr.language.numbers import ACCOUNT_WORDS, spoken_numbers

TRIES = 3
TAIL_DIGITS = 4
"""So many last digits of an account's number tell its owner which one is meant."""


@dataclass(frozen=True)
class AccountHeard:
    """An account number as heard; `unknown`: the caller does not know it."""

    number: str = ""
    unknown: bool = False


@dataclass(frozen=True)
class Choice:
    """Which of the accounts told, from 0."""

    index: int


async def identify(visit: Visit) -> Account:
    """The account that this call is about; asked once."""
    if visit.account is None:
        account = await _by_phone(visit) or await _by_number(visit)
        await Do(ChooseAccount(account.id))
        visit.account = account
    return visit.account


async def known_by_phone(visit: Visit) -> tuple[Account, ...]:
    """The accounts of the caller's number, with nothing asked."""
    if visit.facts.caller is None or visit.by_number:
        return ()
    return (await Do(FindAccounts(visit.facts.caller))).accounts


async def other_account(visit: Visit) -> str:
    """«Другой счёт»: ask for its number and go on with what the caller came for."""
    visit.account, visit.by_number = None, True
    await identify(visit)
    return visit.topic or "what_else"


async def _by_phone(visit: Visit) -> Account | None:
    accounts = await known_by_phone(visit)
    if not accounts:
        return None
    if len(accounts) == 1:
        await Say("account_by_phone", {"tail": accounts[0].number[-TAIL_DIGITS:]})
        return accounts[0]
    await Say("accounts_by_phone", {"count": len(accounts)})
    for key, account in enumerate(accounts, start=1):
        await Say("account_item", {"tail": account.number[-TAIL_DIGITS:], "key": key})
    question = Question(
        "account_choice",
        Choice,
        _understand_choice(accounts),
        Say("account_choice"),
        grammar="number",
        keys=1,
    )
    return accounts[(await ask(question)).index]


async def _by_number(visit: Visit) -> Account:
    digits = visit.facts.account_digits
    question = Question(
        "account",
        AccountHeard,
        _understand_account(visit.grammars["account"]),
        Say("account", {"digits": digits}),
        grammar="number",
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
            visit, "account_right", Say("account_right", {"account": number}), ACCOUNT_WORDS
        )
        if answer.yes:
            if found := (await Do(FindAccount(number))).accounts:
                return found[0]
            await Say("account_not_found")
        number = answer.corrected
    raise Jump("operator", reason="account_unknown", question="account")


def _understand_account(grammar: Grammar) -> Callable[[Heard], AccountHeard | None]:
    def understand(heard: Heard) -> AccountHeard | None:
        if heard.keys:
            return AccountHeard(heard.keys) if heard.keys.isdigit() else None
        for text in heard.alternatives:
            if grammar.match(text) == "unknown":
                return AccountHeard(unknown=True)
            for number in spoken_numbers(text, ACCOUNT_WORDS):
                return AccountHeard(number.digits)
        return None

    return understand


def _understand_choice(accounts: tuple[Account, ...]) -> Callable[[Heard], Choice | None]:
    """A place in the list, or last digits that fit exactly one account."""

    def understand(heard: Heard) -> Choice | None:
        said = [heard.keys] if heard.keys else _digits(heard)
        for digits in said:
            if len(digits) == 1 and 1 <= int(digits) <= len(accounts):
                return Choice(int(digits) - 1)
            ending = [i for i, account in enumerate(accounts) if account.number.endswith(digits)]
            if len(digits) > 1 and len(ending) == 1:
                return Choice(ending[0])
        return None

    return understand


def _digits(heard: Heard) -> list[str]:
    return [number.digits for text in heard.alternatives for number in spoken_numbers(text, ACCOUNT_WORDS)]
