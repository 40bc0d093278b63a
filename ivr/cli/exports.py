"""`ivr export readings | requests`: CSV for Excel and for other programs."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO, get_args

import click

from ivr.cli import words
from ivr.cli.opening import the_store
from ivr.domain.calls import MOSCOW
from ivr.domain.readings import State
from ivr.domain.requests import RequestState, human_number
from ivr.services.exporting import Column, Encoding, roubles, whole_file, write_csv
from ivr.services.failing import reason
from ivr.store import exports
from ivr.store.exports import Wanted

YEARS = range(1990, 2101)
READINGS = (
    Column("Квитанция", lambda row: human_number("receipt", row.receipt_id) if row.receipt_id else None),
    Column("Лицевой счёт", lambda row: row.account),
    Column("Счётчик", lambda row: row.meter),
    Column("Зона", lambda row: row.zone.replace("T", "Т")),
    Column("Показание, кВт·ч", lambda row: row.value),
    Column("Состояние", lambda row: words.STATES.get(row.state, row.state)),
    Column("Вне срока", lambda row: row.outside_window),
    Column("Переход через ноль", lambda row: row.rolled_over),
    Column("Заменено поздним", lambda row: row.superseded),
    Column("Принято", lambda row: row.taken_at),
    Column("Звонок", lambda row: row.call_sid),
)
REQUESTS = (
    Column("Номер", lambda row: human_number("request", row.id)),
    Column("Вид", lambda row: words.KINDS.get(row.kind, row.kind)),
    Column("Состояние", lambda row: words.STATES.get(row.state, row.state)),
    Column("Срочно", lambda row: row.urgent),
    Column("Лицевой счёт", lambda row: row.account),
    Column("Счётчик", lambda row: row.meter),
    Column("Телефон", lambda row: row.phone),
    Column("Остаток, руб.", lambda row: roubles(row.balance)),
    Column("Деньги кончатся", lambda row: row.runs_out_at),
    Column("Не всё известно", lambda row: row.incomplete),
    Column("Адрес", lambda row: row.address),
    Column("С какого времени", lambda row: row.since),
    Column("Слова", lambda row: row.words),
    Column("Принята", lambda row: row.created_at),
    Column("Изменена", lambda row: row.updated_at),
    Column("Звонок", lambda row: row.call_sid),
)


class Day(click.ParamType[date]):
    """A day in either way of writing."""

    name = "дата"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Into a date; a wrong use where it is none."""
        for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
            with suppress(ValueError):
                day = datetime.strptime(str(value), pattern).date()
                if day.year in YEARS:
                    return day
        self.fail(f"{value!r} не дата; нужно дд.мм.гггг или гггг-мм-дд.", param, ctx)


@click.group()
def export() -> None:
    """Выгрузить данные в CSV."""


def export_options(states: tuple[str, ...]) -> Callable[[Any], Any]:
    """`--from`, `--to`, `--state`, `--output`, `--encoding`."""
    told = ", ".join(f"{state} — {words.STATES[state]}" for state in states)
    options: tuple[Any, ...] = (
        click.option("--from", "first", type=Day(), metavar="ДЕНЬ", help="С этого дня (дд.мм.гггг), по Москве."),
        click.option("--to", "last", type=Day(), metavar="ДЕНЬ", help="По этот день включительно."),
        click.option("--state", "states", multiple=True, type=click.Choice(states), metavar="СОСТОЯНИЕ",
                     help=f"Только в этом состоянии, можно несколько раз: {told}."),
        click.option("--output", type=click.Path(path_type=Path), metavar="ФАЙЛ", help="В файл; обычно на экран."),
        click.option("--encoding", type=click.Choice(get_args(Encoding)), default="utf-8", show_default=True,
                     help="Кодировка."),
    )  # fmt: skip

    def with_options(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return with_options


@export.command("readings")
@export_options(get_args(State))
def export_readings(**asked: Any) -> None:
    """Показания, принятые линией."""
    _export(READINGS, exports.readings, **asked)


@export.command("requests")
@export_options(get_args(RequestState))
def export_requests(**asked: Any) -> None:
    """Заявки и просьбы перезвонить."""
    _export(REQUESTS, exports.requests, **asked)


def _export(
    columns: tuple[Column, ...],
    rows: Callable[..., Iterator[Any]],
    first: date | None,
    last: date | None,
    states: tuple[str, ...],
    output: Path | None,
    encoding: Encoding,
) -> None:
    if first is not None and last is not None and last < first:
        raise click.UsageError(
            f"--to {last:%d.%m.%Y} раньше, чем --from {first:%d.%m.%Y}: поменяйте их местами."
        )
    wanted = Wanted(_begins(first), _begins(last + timedelta(days=1) if last else None), states)
    try:
        with the_store() as store, _opened(output) as file, store.read() as db:
            written = write_csv(file, columns, rows(db, wanted), encoding)
            file.flush()
    except BrokenPipeError:
        raise  # nobody reads on: click ends quietly
    except OSError as error:
        click.echo(f"Файл не записан: {reason(error)}.", err=True)
        sys.exit(1)
    if written.lost:
        click.echo(f"Знаков, которых нет в Windows-1251, заменено на «?»: {written.lost}.", err=True)
    if output is not None:
        click.echo(f"Строк: {written.rows}. Файл: {output}.", err=True)


@contextmanager
def _opened(output: Path | None) -> Iterator[BinaryIO]:
    if output is None:
        yield sys.stdout.buffer
        return
    with whole_file(output) as file:
        yield file


def _begins(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), MOSCOW)
