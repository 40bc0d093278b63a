"""A file of accounts: lines a second against a bare insert of the same rows, the write lock, memory by its length."""

import csv
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import serving

LINES, MORE = 50_000, 500_000
HEADING = (
    "Лицевой счёт;Абонент;Адрес;Телефоны;Номер счётчика;Тип счётчика;Предоплата;Перепрограммирован;Мощность, кВт;"
    "Зона;Знаков до запятой;Последнее показание;Дата показания"
)


def measure(databases: list[str]) -> list[str]:
    """Lines for the report. Two accounts of three have one register, the third has two."""
    report = []
    with tempfile.TemporaryDirectory() as folder:
        short = write(Path(folder) / "short.csv", LINES)
        few = {name: _loaded(name, short) for name in databases}
        for name, measured in few.items():
            report.append(_against_bare(name, LINES, measured, _bare(short)))
        if "sqlite" in few:
            long = write(Path(folder) / "long.csv", MORE)
            many = _loaded("sqlite", long)
            report.append(_against_bare("sqlite", MORE, many, _bare(long)))
            report.append(
                f"sqlite: memory for {MORE} lines against {LINES}  {many['memory'] / few['sqlite']['memory']:.2f}  "
                f"(target ≤ 1.10; {many['memory']:.0f} MB, {few['sqlite']['memory']:.0f} MB)"
            )
    return report


def _against_bare(name: str, lines: int, measured: dict[str, float], bare: float) -> str:
    return (
        f"{name}: a file of {lines} lines against a bare insert of its rows  {bare / measured['first']:.2f}  "
        f"({lines / measured['first']:.0f} lines/s, bare {lines / bare:.0f}/s; writing takes "
        f"{measured['locked']:.1f} s of it; the same file again {lines / measured['again']:.0f} lines/s)"
    )


def write(path: Path, count: int) -> Path:
    """A file with so many lines."""
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{HEADING}\n")
        file.writelines(_lines(count))
    return path


def _lines(count: int) -> Iterator[str]:
    for number in range(count):
        group, place = divmod(number, 4)
        account = 3 * group + min(place, 2)
        zone = ("Т", "Т", "Т1", "Т2")[place]
        yield (
            f"{5_000_000_000 + account};Абонентов Абонент {account};г. Красногорск, ул. Вымышленная, "
            f"д. {account % 300}, кв. {account % 97};+7916{account % 10_000_000:07};{account};"
            f"Меркурий {201 + account % 5};нет;;15;{zone};6;"
            f"{100_000 + account % 800_000};{1 + account % 28:02}.10.2026\n"
        )


def _bare(path: Path) -> float:
    """Seconds for one executemany of the file's rows into a table without an index, parsed before."""
    with path.open(encoding="utf-8", newline="") as file, tempfile.TemporaryDirectory() as folder:
        rows = list(csv.reader(file, delimiter=";"))[1:]
        db = sqlite3.connect(Path(folder) / "bare.db")
        db.execute("PRAGMA journal_mode=WAL")
        db.execute(f"CREATE TABLE lines ({', '.join(f'c{n} text' for n in range(len(rows[0])))})")
        began = time.perf_counter()
        with db:
            db.executemany(f"INSERT INTO lines VALUES ({', '.join('?' * len(rows[0]))})", rows)
        took = time.perf_counter() - began
        db.close()
        return took


def _loaded(database: str, path: Path) -> dict[str, float]:
    """Of a process of its own that loads the file twice: seconds, and the most memory in MB."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = (
            f"sqlite:///{home / 'line.db'}"
            if database == "sqlite"
            else stack.enter_context(serving.postgresql())
        )
        command = [sys.executable, "-m", "benchmarks.imports", url, str(path)]
        told = subprocess.run(command, cwd=serving.ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    measured: dict[str, float] = json.loads(told)
    return measured


def _load(url: str, path: Path) -> dict[str, float]:
    from ivr.services.importing.accounts import Accounts
    from ivr.services.importing.loading import load
    from ivr.store import schema
    from ivr.store.engine import Store

    store, now = Store(url), datetime(2026, 11, 20, tzinfo=UTC)
    schema.upgrade(store)
    stages: dict[str, float] = {}

    def watch(stage: str, *_: int) -> None:
        stages.setdefault(stage, time.perf_counter())

    def once() -> float:
        began = time.perf_counter()
        stages.clear()
        load(store, path, Accounts(now.date(), 10, r"\d+"), now, watch)
        return time.perf_counter() - began

    first = once()
    locked = time.perf_counter() - stages["writing"]
    # Not getrusage: on Linux its maximum counts what the parent had before this process began.
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return {"first": first, "locked": locked, "again": once(), "memory": int(peak[1]) / 1024 if peak else 0.0}


if __name__ == "__main__":
    print(json.dumps(_load(sys.argv[1], Path(sys.argv[2]))))
