"""`ivr readings list`, `ivr requests list`."""

from typing import Any

import click

from ivr.cli import words
from ivr.cli.opening import the_store
from ivr.cli.output import json_option, limit_option, print_rows
from ivr.domain.calls import MOSCOW
from ivr.domain.requests import human_number
from ivr.store import readings as stored_readings
from ivr.store import requests as stored_requests

READINGS = {
    "taken_at": "Когда", "account": "Лицевой счёт", "meter": "Счётчик", "zone": "Зона", "value": "Показание",
    "state": "Состояние", "outside_window": "Вне срока", "receipt": "Квитанция",
}  # fmt: skip
REQUESTS = {
    "number": "Номер", "kind": "Что", "state": "Состояние", "urgent": "Срочно", "account": "Лицевой счёт",
    "phone": "Телефон", "told": "Сведения", "words": "Слова", "created_at": "Когда",
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
    numbered = [{"number": human_number("request", row["id"]), "told": _told(row), **row} for row in rows]
    print_rows(numbered, REQUESTS, as_json=as_json, words={"state": words.STATES, "kind": words.KINDS})


def _told(row: dict[str, Any]) -> str:
    """What the caller told beside who they are, in one line."""
    parts = [row["address"], row["since"] and f"нет света: {row['since']}"]
    if row["balance"] is not None:
        parts.append(f"осталось {row['balance'] / 100:.2f} руб.")
    if row["runs_out_at"] is not None:
        parts.append(f"до {row['runs_out_at'].astimezone(MOSCOW):%d.%m %H:%M}")
    return ", ".join(filter(None, [*parts, "уточнить" if row["incomplete"] else ""]))
