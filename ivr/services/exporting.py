"""CSV for Excel: semicolons, a byte order mark or Windows-1251, and no cell that Excel would take for a formula."""

import csv
import io
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Literal

from ivr.domain.calls import MOSCOW

Encoding = Literal["utf-8", "cp1251"]
_FORMULA = ("=", "+", "-", "@")
_PHONE = re.compile(r"\+[0-9]{5,15}")


@dataclass(frozen=True)
class Column:
    """A heading, and what makes its cell out of a row."""

    name: str
    cell: Callable[[Any], Any]


@dataclass(frozen=True)
class Written:
    """Rows, and characters that the encoding lacks."""

    rows: int
    lost: int


def write_csv(file: BinaryIO, columns: Iterable[Column], rows: Iterable[Any], encoding: Encoding) -> Written:
    """A heading and a line for each row; what Windows-1251 lacks becomes «?» and is counted. Raises OSError."""
    columns = tuple(columns)
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=";")
    file.write(b"\xef\xbb\xbf" if encoding == "utf-8" else b"")
    written = lost = 0
    writer.writerow([column.name for column in columns])
    for row in rows:
        lost += _flush(line, file, encoding)
        writer.writerow([cell(column.cell(row)) for column in columns])
        written += 1
    lost += _flush(line, file, encoding)
    return Written(written, lost)


def cell(value: Any) -> str:
    """A value as people in Russia read it: Moscow times, да and нет. Texts are made harmless."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, datetime):
        return value.astimezone(MOSCOW).strftime("%d.%m.%Y %H:%M:%S")
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return harmless(value) if isinstance(value, str) else str(value)


def harmless(text: str) -> str:
    """An apostrophe before what Excel would calculate; a phone in E.164 is a number to it and stays one."""
    risky = text.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\r"))
    return f"'{text}" if risky and not _PHONE.fullmatch(text) else text


def roubles(kopecks: int | None) -> Decimal | None:
    """Kopecks as roubles; None stays None."""
    return None if kopecks is None else Decimal(kopecks).scaleb(-2)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that is there only when all of it is: written beside its place and moved there. Raises OSError."""
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise IsADirectoryError(f"{path} — не обычный файл")
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _flush(line: io.StringIO, file: BinaryIO, encoding: Encoding) -> int:
    """Write what stands in `line` and empty it; returns how many characters were lost."""
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    if encoding == "utf-8":
        file.write(text.encode("utf-8", "replace"))
        return 0
    encoded = text.encode("cp1251", "replace")
    file.write(encoded)
    return encoded.count(b"?") - text.count("?")
