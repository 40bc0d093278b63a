"""`ivr import accounts | outages`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from ivr.cli.opening import the_store
from ivr.domain.calls import MOSCOW
from ivr.services.failing import reason
from ivr.services.importing.accounts import Accounts
from ivr.services.importing.loading import File, Loaded, Watch, load
from ivr.services.importing.outages import Outages
from ivr.services.importing.problems import Unreadable
from ivr.settings import Settings
from ivr.store.clock import Clock, open_clock
from ivr.store.engine import Unavailable
from ivr.store.importing.lock import Busy

STAGES = {"reading": "Читаю", "checking": "Проверяю", "comparing": "Сверяю с базой", "writing": "Записываю"}
NAMES = {"accounts": "Лицевые счета", "phones": "Телефоны", "meters": "Счётчики", "registers": "Зоны счётчиков",
         "readings": "Последние показания", "outages": "Отключения"}  # fmt: skip
AGAIN = "Загрузите файл ещё раз: что уже записано, второй раз не запишется."


@click.group(name="import")
def import_() -> None:
    """Загрузить данные из файла CSV: всё или ничего."""


def file_options(command: Any) -> Any:
    """A file, and `--dry-run`."""
    command = click.option("--dry-run", is_flag=True, help="Только проверить и сказать, что изменится.")(
        command
    )
    return click.argument("file", metavar="ФАЙЛ", type=click.Path(path_type=Path))(command)


@import_.command()
@file_options
def accounts(file: Path, dry_run: bool) -> None:
    """Лицевые счета, телефоны, счётчики и последние показания."""
    settings = Settings()

    def opened(clock: Clock) -> File:
        today = clock.now().astimezone(MOSCOW).date()
        return Accounts(today, settings.account_digits, settings.account_pattern)

    _import(file, opened, dry_run)


@import_.command()
@file_options
def outages(file: Path, dry_run: bool) -> None:
    """Объявленные отключения."""
    _import(file, lambda clock: Outages(clock.now()), dry_run)


def _import(path: Path, opened: Any, dry_run: bool) -> None:
    try:
        with the_store() as store, _bar() as watch:
            clock = open_clock(store, Settings().clock)
            loaded = load(store, path, opened(clock), clock.now(), watch, dry_run=dry_run)
    except Unreadable as error:
        _refuse(str(error))
    except Busy:
        _refuse("Сейчас идёт другая загрузка; дождитесь её конца.")
    except OSError as error:
        _refuse(f"Ошибка файла: {reason(error)}. Ничего не записано.")
    except Unavailable as error:
        click.echo(f"База данных недоступна: {error}", err=True)
        _refuse(AGAIN)
    for sentence in loaded.problems.notes.sentences():
        click.echo(f"К сведению: {sentence}", err=True)
    if loaded.problems.total:
        for sentence in loaded.problems.sentences():
            click.echo(sentence, err=True)
        _refuse(f"Ошибок: {loaded.problems.total}. Ничего не записано.")
    _tell(loaded, dry_run)


def _refuse(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(1)


def _tell(loaded: Loaded, dry_run: bool) -> None:
    click.echo(f"Строк: {loaded.lines}. " + ("Проверено, ничего не записано." if dry_run else "Записано."))
    for name, tally in loaded.tallies.items():
        if name not in NAMES:
            continue
        told = f"добавлено {tally.added}, изменено {tally.changed}, без изменений {tally.same}"
        click.echo(f"{NAMES[name]}: {told}" + (f", убрано {tally.removed}." if name == "phones" else "."))
    if (done := loaded.tallies.get("requests")) is not None:
        click.echo(f"Заявки на перепрограммирование выполнены: {done.changed}.")


@contextmanager
def _bar() -> Iterator[Watch]:
    """A bar on a terminal; nothing elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(STAGES["reading"], total=None)
        yield lambda stage, done, total: progress.update(
            task, description=STAGES[stage], completed=done, total=total or None
        )
