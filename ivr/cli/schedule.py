"""`ivr schedule check`: what the file says, before callers meet it."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from ivr.cli.output import human
from ivr.domain.calls import MOSCOW
from ivr.domain.schedule import Message, Schedule
from ivr.services.failing import reason
from ivr.services.schedule import BadSchedule, read
from ivr.settings import Settings

WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
AHEAD = 7


@click.group()
def schedule() -> None:
    """Часы операторов, праздники и экстренные сообщения."""


@schedule.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path | None) -> None:
    """Проверить файл и показать: что сейчас, часы на семь дней, сообщения. Без файла берётся файл линии."""
    settings = Settings()
    path = file or settings.schedule_file
    there = path.exists()
    try:
        found = read(path) if there else Schedule()
    except (BadSchedule, OSError) as error:
        told = reason(error) if isinstance(error, OSError) else error
        click.echo(f"Расписание не читается: {told}", err=True)
        sys.exit(1)
    if not there:
        click.echo(f"Файла {path} нет: операторы круглосуточно, сообщения нет.")
    for line in _told(found, _now(settings)):
        click.echo(line)


def _now(settings: Settings) -> datetime:
    """The line's clock; the machine's own needs no database."""
    if settings.clock is None:
        return datetime.now(UTC)
    from ivr.cli.opening import the_store
    from ivr.store.clock import open_clock

    with the_store() as store:
        return open_clock(store, settings.clock).now()


def _told(schedule: Schedule, now: datetime) -> Iterator[str]:
    yield f"Сейчас {human(now)}: {_state(schedule, now)}."
    yield "Часы операторов, московские:"
    today = now.astimezone(MOSCOW).date()
    for day in (today + timedelta(number) for number in range(AHEAD)):
        hours = schedule.hours_on(day)
        special = "  особый день" if day in schedule.holidays else ""
        yield f"  {WEEKDAYS[day.weekday()]} {day:%d.%m.%Y}  {hours or 'выходной'!s:<11}{special}".rstrip()
    said = schedule.emergency_at(now)
    yield f"Сейчас звучит: {said}" if said else "Сообщения сейчас нет."
    for message in schedule.emergency:
        yield f"  {_when(message, now)}: {message.text}"


def _state(schedule: Schedule, now: datetime) -> str:
    if schedule.open_at(now):
        return "операторы работают"
    begins = schedule.opens_next(now)
    return (
        f"операторов нет, начнут {human(begins)}" if begins else "операторов нет, и когда будут, не сказано"
    )


def _when(message: Message, now: datetime) -> str:
    since = f"с {human(message.since)}" if message.since else ""
    until = f"до {human(message.until)}" if message.until else "до снятия"
    over = message.until is not None and message.until <= now
    state = "звучит" if message.at(now) else "закончилось" if over else "ждёт"
    return " ".join(filter(None, (f"{state},", since, until)))
