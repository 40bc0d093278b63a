"""The commands that a script may give. Each has one result; a refusal is a result, never an exception.

Handlers are in `ivr.services`; they run inside the transaction of the turn.
"""

from dataclasses import dataclass, field
from datetime import date

from ivr.domain.accounts import Account
from ivr.domain.command import Command
from ivr.domain.outages import Outage
from ivr.domain.readings import Sheet
from ivr.domain.requests import Details, RequestKind, RequestState, RequestTold


@dataclass(frozen=True)
class Done:
    """Nothing more to say of it."""


@dataclass(frozen=True)
class AccountsFound:
    """Accounts in the order of their numbers."""

    accounts: tuple[Account, ...]


@dataclass(frozen=True)
class FindAccounts(Command[AccountsFound]):
    """The accounts that a phone (E.164) belongs to."""

    result = AccountsFound
    writes = False
    phone: str


@dataclass(frozen=True)
class FindAccount(Command[AccountsFound]):
    """The account with this number, if there is one."""

    result = AccountsFound
    writes = False
    number: str


@dataclass(frozen=True)
class OpenAccount(Command[AccountsFound]):
    """The account with this id, as it was known before a restart."""

    result = AccountsFound
    writes = False
    account_id: int


@dataclass(frozen=True)
class ChooseAccount(Command[Done]):
    """Mark whose call this is, for the log and the operator; None: another account is asked for.

    «Назад» may cross it: the mark follows what is left of the journal.
    """

    result = Done
    writes = False
    account_id: int | None


@dataclass(frozen=True)
class SheetsRead:
    """One sheet a register, in the order in which they are asked."""

    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class ReadSheets(Command[SheetsRead]):
    """What is known of each register of an account."""

    result = SheetsRead
    writes = False
    account_id: int


@dataclass(frozen=True)
class Confirmed:
    """A value (whole kWh) that the caller said yes to, and what is to be noted beside it."""

    value: int
    in_review: bool = False
    rolled_over: bool = False


@dataclass(frozen=True)
class Receipt:
    """`number` is empty when nothing was confirmed; `saved` counts the confirmed registers."""

    number: str
    saved: int


@dataclass(frozen=True)
class SubmitReadings(Command[Receipt]):
    """Save readings by register id. Idempotent by (call, register): the same again changes nothing."""

    result = Receipt
    account_id: int
    confirmed: dict[int, Confirmed] = field(default_factory=dict)
    unconfirmed: dict[int, int] = field(default_factory=dict)
    outside_window: bool = False


@dataclass(frozen=True)
class RequestTaken:
    """A request's number; `already` when one was open before, with its state and the day it was taken."""

    number: str
    already: bool
    state: RequestState
    taken_on: date


@dataclass(frozen=True)
class TakeRequest(Command[RequestTaken]):
    """Take a request. An open one of the account, or from the phone, is told instead and brought up to date."""

    result = RequestTaken
    kind: RequestKind
    phone: str | None
    account_id: int | None = None
    urgent: bool = False
    details: Details = field(default_factory=Details)


@dataclass(frozen=True)
class RequestsFound:
    """Requests, the newest first."""

    requests: tuple[RequestTold, ...] = ()


@dataclass(frozen=True)
class FindRequests(Command[RequestsFound]):
    """Requests of a phone (E.164) and its accounts, of an account, or with a number: open ones first, newest first.

    One that has only a phone or an account in common with the caller is told with no address and no phone.
    """

    result = RequestsFound
    writes = False
    phone: str | None = None
    account_id: int | None = None
    number: str = ""


@dataclass(frozen=True)
class OutagesFound:
    """Announced outages of a place that last now or begin within a day, the first one first."""

    outages: tuple[Outage, ...] = ()


@dataclass(frozen=True)
class FindOutages(Command[OutagesFound]):
    """Announced outages of an account's address, or of a place as a caller named it."""

    result = OutagesFound
    writes = False
    account_id: int | None = None
    place: str = ""


@dataclass(frozen=True)
class SavedReading:
    """A reading saved in this call; `meter` is the number on its case."""

    zone: str
    value: int
    state: str
    meter: str
    account_id: int


@dataclass(frozen=True)
class Saved:
    """What this call has written so far."""

    readings: tuple[SavedReading, ...] = ()
    receipts: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    kinds: tuple[RequestKind, ...] = ()
    """What each request is for, in their order; empty in journals older than this field."""


@dataclass(frozen=True)
class LookUpSaved(Command[Saved]):
    """What this call has written so far."""

    result = Saved
    writes = False
