"""Reading sheets and saved readings."""

from datetime import date, datetime, time, timedelta
from typing import Any

from ivr.domain.accounts import Meter, Register
from ivr.domain.calls import MOSCOW
from ivr.domain.commands import ReadSheets, Receipt, SheetsRead, SubmitReadings
from ivr.domain.readings import Sheet, usual_use
from ivr.domain.requests import human_number
from ivr.services import texting
from ivr.services.context import Context
from ivr.store import accounts, readings

YEAR = timedelta(days=366)
REMEMBERED = timedelta(days=31)
"""So long a value that nobody said yes to is mentioned at the next call."""


def read_sheets(context: Context, command: ReadSheets) -> SheetsRead:
    """What is known of each register, as of the day of the call."""
    return SheetsRead(
        tuple(
            _sheet(context, meter, register)
            for account in accounts.by_id(context.db, command.account_id)
            for meter in account.meters
            for register in meter.registers
        )
    )


def submit(context: Context, command: SubmitReadings) -> Receipt:
    """Save what was confirmed under one receipt, and keep what was read back without a yes."""
    common = {"outside_window": command.outside_window, "taken_at": context.taken_at}
    accounts.lock(context.db, command.account_id)
    number = ""
    for register_id, confirmed in command.confirmed.items():
        receipt_id = readings.receipt(context.db, context.sid, command.account_id, context.now)
        number = human_number("receipt", receipt_id)
        state = "in_review" if confirmed.in_review else "accepted"
        values = {"value": confirmed.value, "state": state, "rolled_over": confirmed.rolled_over}
        late = readings.supersede(context.db, context.sid, register_id, _month(context), context.taken_at)
        values |= {"superseded": late, "receipt_id": receipt_id}
        readings.put(context.db, context.sid, register_id, {**common, **values})
    for register_id, value in command.unconfirmed.items():
        readings.put(
            context.db,
            context.sid,
            register_id,
            {**common, "value": value, "state": "unconfirmed", "superseded": False},
        )
    texting.confirm(context, "sms_receipt", number)
    return Receipt(number, len(command.confirmed))


def _sheet(context: Context, meter: Meter, register: Register) -> Sheet:
    today, (month, _) = context.facts.today, _month(context)
    rows = readings.history(context.db, register.id)
    confirmed = [row for row in rows if row.state != "unconfirmed"]
    before = [(_day(row), row.value) for row in confirmed if row.taken_at < month and row.state == "accepted"]
    given = [row.value for row in confirmed if row.taken_at >= month]
    open_ = rows[-1] if rows and rows[-1].state == "unconfirmed" else None
    remembered = open_ is not None and _day(open_) >= today - REMEMBERED
    last_on, last = before[-1] if before else (None, None)
    return Sheet(
        register,
        meter.number,
        meter.type,
        meter.max_power_kw,
        last,
        last_on,
        usual_use([(day, value) for day, value in before if day >= today - YEAR], register.digits),
        given[-1] if given else None,
        open_.value if open_ is not None and remembered else None,
    )


def _month(context: Context) -> tuple[datetime, datetime]:
    """When the month of the call began and when it ends, in Moscow."""
    first = context.facts.today.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return datetime.combine(first, time(), MOSCOW), datetime.combine(following, time(), MOSCOW)


def _day(row: Any) -> date:
    moment: datetime = row.taken_at
    return moment.astimezone(MOSCOW).date()
