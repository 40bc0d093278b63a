"""Demo data: callers, each with something else to try; the same again changes nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select

from ivr.domain.calls import MOSCOW
from ivr.store.tables import Accounts, Meters, Outages, Phones, Readings, Registers, Requests

MONTHS = 12
READ_ON_DAY = 20
HISTORY_HOUR = 12


@dataclass(frozen=True)
class DemoRegister:
    """Last reading and use a month, whole kWh."""

    zone: str
    last: int
    usual: int
    digits: int = 5


@dataclass(frozen=True)
class DemoMeter:
    """A meter by the number on its case."""

    number: str
    registers: tuple[DemoRegister, ...]
    type: str = "Меркурий 201"
    prepaid: bool = False
    reprogrammed: bool = False


@dataclass(frozen=True)
class DemoAccount:
    """An account and what there is to try with it."""

    number: str
    phone: str | None
    about: str
    meters: tuple[DemoMeter, ...]
    requested: str = ""
    """The state of a request to reprogram."""
    outage: bool = False


def _one(last: int, usual: int) -> tuple[DemoRegister, ...]:
    return (DemoRegister("T", last, usual),)


ACCOUNTS = (
    DemoAccount("5012345601", "+79161234501", "одна зона", (DemoMeter("10020001", _one(12301, 150)),)),
    DemoAccount(
        "5012345602", "+79161234502", "две зоны: день и ночь",
        (DemoMeter("10020002", (DemoRegister("T1", 8450, 120), DemoRegister("T2", 3210, 60)), "Меркурий 206"),),
    ),
    DemoAccount(
        "5012345603", "+79161234503", "три зоны: пик, ночь, полупик",
        (DemoMeter("10020003", (DemoRegister("T1", 5120, 90), DemoRegister("T2", 4080, 70),
                                DemoRegister("T3", 6990, 110)), "Меркурий 230"),),
    ),
    DemoAccount(
        "5012345604", "+79161234504", "счётчик с предоплатой СТК3",
        (DemoMeter("10020004", (DemoRegister("T", 23045, 320, 6),), "СТК3-10А1Н5РВ", prepaid=True),),
    ),
    DemoAccount("5012345605", "+79161234505", "первый из двух счетов на одном номере",
                (DemoMeter("10020005", _one(4410, 110)),)),
    DemoAccount("5012345615", "+79161234505", "второй из двух счетов на одном номере",
                (DemoMeter("10020015", _one(15730, 210)),)),
    DemoAccount(
        "5012345606", "+79161234506", "предоплата, заявка уже открыта",
        (DemoMeter("10020006", (DemoRegister("T", 30210, 280, 6),), "СТК3-10А1Н7РВ", prepaid=True),),
        requested="new",
    ),
    DemoAccount("5012345607", "+79161234507", "по адресу объявлено отключение",
                (DemoMeter("10020007", _one(7805, 130)),), outage=True),
    DemoAccount(
        "5012345608", None, "два счётчика, номер телефона не записан",
        (DemoMeter("10020081", _one(2230, 80)), DemoMeter("10020082", _one(9020, 170))),
    ),
    DemoAccount(
        "5012345609", "+79161234509", "счётчик уже перепрограммирован",
        (DemoMeter("10020009", (DemoRegister("T", 18420, 260, 6),), "СТК3-10А1Н5РВ", reprogrammed=True),),
        requested="done",
    ),
    DemoAccount(
        "5012345610", "+79161234510", "два счётчика с предоплатой",
        (DemoMeter("10020101", (DemoRegister("T", 9105, 190, 6),), "СТК3-10А1Н3РВ", prepaid=True),
         DemoMeter("10020102", (DemoRegister("T", 7720, 140, 6),), "СТК3-10А1Н9РВ", prepaid=True)),
    ),
    DemoAccount(
        "5012345611", "+79161234511", "предоплата, заявка в работе",
        (DemoMeter("10020011", (DemoRegister("T", 11840, 230, 6),), "СТК3-10А1Н5РВ", prepaid=True),),
        requested="in_work",
    ),
    DemoAccount(
        "5012345612", "+79161234512", "предоплата, заявка отменена",
        (DemoMeter("10020012", (DemoRegister("T", 14310, 250, 6),), "СТК3-10А1Н5РВ", prepaid=True),),
        requested="cancelled",
    ),
    DemoAccount("5012345613", "+79161234513", "счётчик вот-вот начнёт с нуля",
                (DemoMeter("10020013", _one(99930, 140)),)),
)  # fmt: skip


def load(db: Connection, now: datetime) -> int:
    """Put in the accounts that are not there yet; returns how many. History ends on the 20th of last month."""
    known = set(db.execute(select(Accounts.number)).scalars())
    new = [account for account in ACCOUNTS if account.number not in known]
    for account in new:
        _add(db, account, now)
    return len(new)


def _add(db: Connection, demo: DemoAccount, now: datetime) -> None:
    house = int(demo.number[-2:])
    address = f"г. Красногорск, ул. Примерная, д. {house}"
    values = {"number": demo.number, "holder": f"Абонент {house}", "address": address}
    account_id = db.execute(insert(Accounts).values(values).returning(Accounts.id)).scalar_one()
    if demo.phone is not None:
        db.execute(insert(Phones).values(phone=demo.phone, account_id=account_id))
    for meter in demo.meters:
        _add_meter(db, account_id, meter, now)
    if demo.requested:
        taken = now - timedelta(days=2)
        changed = taken if demo.requested == "new" else now - timedelta(days=1)
        db.execute(insert(Requests).values(kind="reprogramming", state=demo.requested, account_id=account_id,
                                           phone=demo.phone, created_at=taken, updated_at=changed))  # fmt: skip
    if demo.outage:
        hours = timedelta(hours=1), timedelta(hours=5)
        db.execute(insert(Outages).values(address=address, reason="плановый ремонт линии",
                                          starts_at=now - hours[0], ends_at=now + hours[1]))  # fmt: skip


def _add_meter(db: Connection, account_id: int, meter: DemoMeter, now: datetime) -> None:
    values = {"account_id": account_id, "number": meter.number, "type": meter.type, "prepaid": meter.prepaid,
              "reprogrammed_on": (now - timedelta(days=1)).astimezone(MOSCOW).date() if meter.reprogrammed else None,
              "max_power_kw": 15.0}  # fmt: skip
    meter_id = db.execute(insert(Meters).values(values).returning(Meters.id)).scalar_one()
    for register in meter.registers:
        made = insert(Registers).values(meter_id=meter_id, zone=register.zone, digits=register.digits)
        register_id = db.execute(made.returning(Registers.id)).scalar_one()
        history = [
            {"register_id": register_id, "value": register.last - register.usual * ago, "state": "accepted",
             "confirmed": True, "taken_at": _month_ago(now, ago + 1)}
            for ago in range(MONTHS)
        ]  # fmt: skip
        db.execute(insert(Readings), history)


def _month_ago(now: datetime, months: int) -> datetime:
    today = now.astimezone(MOSCOW)
    month = today.year * 12 + today.month - 1 - months
    return today.replace(year=month // 12, month=month % 12 + 1, day=READ_ON_DAY, hour=HISTORY_HOUR, minute=0,
                         second=0, microsecond=0)  # fmt: skip
