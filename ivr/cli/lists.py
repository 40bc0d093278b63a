"""`ivr readings list`, `ivr requests list`."""

import click

from ivr.cli import words
from ivr.cli.opening import the_store
from ivr.cli.output import json_option, limit_option, print_rows
from ivr.domain.requests import human_number
from ivr.store import readings as stored_readings
from ivr.store import requests as stored_requests

READINGS = {
    "taken_at": "Когда", "account": "Лицевой счёт", "meter": "Счётчик", "zone": "Зона", "value": "Показание",
    "state": "Состояние", "outside_window": "Вне срока", "receipt": "Квитанция",
}  # fmt: skip
REQUESTS = {
    "number": "Номер", "kind": "Что", "state": "Состояние", "urgent": "Срочно", "account": "Лицевой счёт",
    "phone": "Телефон", "words": "Слова", "created_at": "Когда",
}  # fmt: skip


@click.group()
def readings() -> None:
    """Показания, принятые линией."""


@readings.command("list")
@click.option("--account", help="Только этот лицевой счёт.")
@limit_option
@json_option
def list_readings(account: str | None, limit: int, as_json: bool) -> None:
    """Последние показания, новые сверху."""
    with the_store() as store, store.read() as db:
        rows = stored_readings.list_readings(db, limit, account)
    for row in rows:
        receipt_id = row.pop("receipt_id")
        row["receipt"] = human_number("receipt", receipt_id) if receipt_id else None
    print_rows(rows, READINGS, as_json=as_json, words={"state": words.STATES, "zone": words.ZONES})


@click.group()
def requests() -> None:
    """Заявки и просьбы перезвонить."""


@requests.command("list")
@limit_option
@json_option
def list_requests(limit: int, as_json: bool) -> None:
    """Заявки: открытые и срочные сверху."""
    with the_store() as store, store.read() as db:
        rows = stored_requests.list_requests(db, limit)
    numbered = [{"number": human_number("request", row["id"]), **row} for row in rows]
    print_rows(numbered, REQUESTS, as_json=as_json, words={"state": words.STATES, "kind": words.KINDS})
