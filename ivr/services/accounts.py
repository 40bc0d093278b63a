"""Finding the account that a call is about."""

from ivr.domain.commands import AccountsFound, ChooseAccount, Done, FindAccount, FindAccounts, OpenAccount
from ivr.services.context import Context
from ivr.store import accounts, calls


def find_by_phone(context: Context, command: FindAccounts) -> AccountsFound:
    """The accounts that a phone belongs to."""
    return AccountsFound(accounts.by_phone(context.db, command.phone))


def find_by_number(context: Context, command: FindAccount) -> AccountsFound:
    """The account with this number."""
    return AccountsFound(accounts.by_number(context.db, command.number))


def open_by_id(context: Context, command: OpenAccount) -> AccountsFound:
    """The account known before a restart."""
    return AccountsFound(accounts.by_id(context.db, command.account_id))


def choose(context: Context, command: ChooseAccount) -> Done:
    """Mark whose call it is."""
    calls.choose_account(context.db, context.sid, command.account_id)
    return Done()
