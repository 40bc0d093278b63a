"""What the lists print: a table for people, one JSON line a row for programs."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.table import Table

from ivr.domain.calls import MOSCOW


def json_option(command: Any) -> Any:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Строка JSON на запись, для программ.")(
        command
    )


def limit_option(command: Any) -> Any:
    """`--limit`."""
    return click.option(
        "--limit", default=50, show_default=True, type=click.IntRange(1), help="Не больше записей."
    )(command)


def print_rows(
    rows: Iterable[Mapping[str, Any]],
    columns: Mapping[str, str],
    *,
    as_json: bool,
    words: Mapping[str, Mapping[str, str]] | None = None,
) -> None:
    """Rows with these columns (field → Russian heading); `words`: field → Russian for its values.

    JSON has every field as it is stored, times in ISO 8601 UTC.
    """
    words = words or {}
    rows = list(rows)
    if as_json:
        for row in rows:
            click.echo(to_json(row))
        return
    if not rows:
        click.echo("Пока пусто.")
        return
    table = Table(box=box.SIMPLE)
    for heading in columns.values():
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(words.get(field, {}).get(row[field]) or human(row[field]) for field in columns))
    console().print(table)


def to_json(row: Mapping[str, Any]) -> str:
    """One line."""
    return json.dumps(row, ensure_ascii=False, default=_plain)


def human(value: Any) -> str:
    """A value as people read it: times in Moscow, yes and no in Russian."""
    if isinstance(value, datetime):
        return value.astimezone(MOSCOW).strftime("%d.%m.%Y %H:%M")
    if isinstance(value, bool):
        return "да" if value else "нет"
    return "" if value is None else str(value)


def console() -> Console:
    """Wide where nobody looks, so that a pipe gets whole rows."""
    found = Console()
    return found if found.is_terminal else Console(width=200)


def _plain(value: object) -> str | Sequence[object]:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is no JSON")
