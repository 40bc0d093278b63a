"""Files as a utility exports them, with faults where a test wants them."""

from datetime import UTC, datetime
from pathlib import Path

from ivr.domain.calls import MOSCOW
from ivr.services.importing.accounts import Accounts
from ivr.services.importing.loading import Loaded, load
from ivr.services.importing.outages import Outages
from ivr.store.engine import Store

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
HEADING = (
    "Лицевой счёт;Абонент;Адрес;Телефоны;Номер счётчика;Тип счётчика;Предоплата;Перепрограммирован;Мощность, кВт;"
    "Зона;Знаков до запятой;Последнее показание;Дата показания"
)
OUTAGES_HEADING = "Номер объявления;Адрес;Причина;Начало;Конец"
USUAL = {
    "account": "5099000001", "holder": "Иванов И. И.", "address": "ул. Вымышленная, д. 1", "phones": "+79160000001",
    "meter": "77000001", "type": "Меркурий 201", "prepaid": "нет", "reprogrammed": "", "power": "15", "zone": "Т",
    "digits": "5", "last": "12301", "on": "20.10.2026",
}  # fmt: skip


def row(**cells: str) -> str:
    """A line of the file of accounts: the usual one, but for these cells."""
    return ";".join({**USUAL, **cells}.values())


def accounts_file(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    """A file of accounts with these lines."""
    return written(folder / "accounts.csv", HEADING, *lines, encoding=encoding)


def written(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    """A file of these lines."""
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode(encoding))
    return path


def load_accounts(store: Store, path: Path, *, dry_run: bool = False, now: datetime = NOW) -> Loaded:
    """As `ivr import accounts` does."""
    file = Accounts(now.astimezone(MOSCOW).date(), 10, r"\d+")
    return load(store, path, file, now, lambda *_: None, dry_run=dry_run)


def load_outages(store: Store, path: Path, *, dry_run: bool = False) -> Loaded:
    """As `ivr import outages` does."""
    return load(store, path, Outages(NOW), NOW, lambda *_: None, dry_run=dry_run)


def problems(loaded: Loaded) -> list[str]:
    """What is wrong with a file, in sentences."""
    return list(loaded.problems.sentences())


def notes(loaded: Loaded) -> list[str]:
    """What is good to know of a file, in sentences."""
    return list(loaded.problems.notes.sentences())
