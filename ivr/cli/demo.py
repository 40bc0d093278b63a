"""`ivr demo load | show`."""

import click

from ivr.cli.opening import the_line
from ivr.cli.output import json_option, print_rows
from ivr.services import demo as demo_data

COLUMNS = {
    "phone": "Телефон",
    "account": "Лицевой счёт",
    "about": "Что попробовать",
    "last": "Прошлые показания",
}


@click.group()
def demo() -> None:
    """Данные для пробы."""


@demo.command()
def load() -> None:
    """Завести пробных абонентов; повторный запуск ничего не меняет."""
    with the_line() as line, line.store.write() as db:
        added = demo_data.load(db, line.clock.now())
    click.echo(f"Добавлено лицевых счетов: {added}.")


@demo.command()
@json_option
def show(as_json: bool) -> None:
    """Пробные абоненты: телефоны и лицевые счета."""
    print_rows([_row(account) for account in demo_data.ACCOUNTS], COLUMNS, as_json=as_json)


def _row(account: demo_data.DemoAccount) -> dict[str, object]:
    last = ", ".join(f"{r.zone} {r.last}" for meter in account.meters for r in meter.registers)
    return {"phone": account.phone, "account": account.number, "about": account.about, "last": last}
