"""What carries out each command, inside the turn's transaction."""

from collections.abc import Callable
from typing import Any

from ivr.domain.command import Command
from ivr.domain.commands import (
    ChooseAccount,
    FindAccount,
    FindAccounts,
    FindOutages,
    FindRequests,
    LookUpSaved,
    OpenAccount,
    ReadSheets,
    SubmitReadings,
    TakeRequest,
)
from ivr.services import accounts, outages, readings, requests
from ivr.services.context import Context

HANDLERS: dict[type[Command[Any]], Callable[[Context, Any], object]] = {
    FindAccounts: accounts.find_by_phone,
    FindAccount: accounts.find_by_number,
    OpenAccount: accounts.open_by_id,
    ChooseAccount: accounts.choose,
    ReadSheets: readings.read_sheets,
    SubmitReadings: readings.submit,
    TakeRequest: requests.take,
    FindRequests: requests.find,
    FindOutages: outages.find,
    LookUpSaved: requests.look_up_saved,
}


def perform(context: Context, command: Command[Any]) -> object:
    """Carry out a command. Raises KeyError for one without a handler."""
    return HANDLERS[type(command)](context, command)
