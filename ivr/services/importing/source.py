"""A CSV file as it comes from elsewhere: its encoding, its records, its faults. Memory does not grow with it."""

import csv
import os
import stat
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ivr.services.failing import reason
from ivr.services.importing.problems import Problems, Unreadable

LONGEST_LINE = 64 * 1024
"""Bytes of a record, its line break included."""
CHUNK = 1 << 20
DELIMITER = ";"

_KNOWN = {
    b"PK\x03\x04": "это книга Excel (xlsx) или архив zip",
    b"PK\x05\x06": "это пустой архив zip",
    b"\xd0\xcf\x11\xe0": "это старая книга Excel (xls) или документ Word",
    b"\x1f\x8b": "это архив gzip",
    b"Rar!": "это архив rar",
    b"7z\xbc\xaf": "это архив 7z",
    b"%PDF": "это PDF",
    BOM_UTF16_LE: "это текст в UTF-16",
    BOM_UTF16_BE: "это текст в UTF-16",
}
_WANTED = "нужен текст CSV с точкой с запятой, в UTF-8 или Windows-1251"


@dataclass(frozen=True)
class Source:
    """A file that was looked through once. `start`: where its text begins, in bytes; `changed_at` in ns."""

    path: Path
    encoding: str
    not_utf8: str
    """Where and why it is no UTF-8, or an empty text."""
    start: int
    size: int
    changed_at: int


def examine(path: Path) -> Source:
    """Look through the whole file: UTF-8 if all of it is, else Windows-1251. Raises Unreadable."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise Unreadable(f"{path} — папка, а нужен файл.")
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable(
                f"{path} — не обычный файл: он читается дважды, поэтому сохраните данные в файл."
            )
        return _examined(path, found)
    except FileNotFoundError:
        raise Unreadable(f"Файла {path} нет.") from None
    except PermissionError:
        raise Unreadable(f"Файл {path} нельзя прочитать: нет прав.") from None
    except OSError as error:
        raise Unreadable(f"Файл не читается: {reason(error)}.") from None
    except ValueError:
        raise Unreadable(f"Файл {path} не читается: такого имени не бывает.") from None


def _examined(path: Path, found: os.stat_result) -> Source:
    with path.open("rb") as file:
        head = file.read(8)
        for signature, what in _KNOWN.items():
            if head.startswith(signature):
                raise Unreadable(f"Файл {path}: {what}; {_WANTED}.")
        start = len(BOM_UTF8) if head.startswith(BOM_UTF8) else 0
        if found.st_size == start:
            raise Unreadable(f"Файл {path} пуст.")
        not_utf8 = _undecodable(file, start, "utf-8")
        if not not_utf8:
            return Source(path, "utf-8", "", start, found.st_size, found.st_mtime_ns)
        if not_1251 := _undecodable(file, start, "cp1251"):
            raise Unreadable(
                f"Файл {path}: не UTF-8 ({not_utf8}) и не Windows-1251 ({not_1251}); сохраните его в UTF-8."
            )
        return Source(path, "cp1251", not_utf8, start, found.st_size, found.st_mtime_ns)


def _undecodable(file: BinaryIO, start: int, encoding: str) -> str:
    """Where the file is not of this encoding, or an empty text. Raises Unreadable for a byte 0: that is no text."""
    file.seek(start)
    decoder = getincrementaldecoder(encoding)("strict")
    line, pending = 1, 0
    while True:
        chunk = file.read(CHUNK)
        if (zero := chunk.find(b"\0")) >= 0:
            at = line + chunk.count(b"\n", 0, zero)
            raise Unreadable(f"Строка {at}: нулевой байт, это не текст; {_WANTED}.")
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            at = line + chunk.count(b"\n", 0, max(0, error.start - pending))
            return f"строка {at}, байт {error.object[error.start]:02X}"
        if not chunk:
            return ""
        line += chunk.count(b"\n")
        pending = len(decoder.getstate()[0])


class Records:
    """The records of a file, each with the number of its first line. What is no record goes to `problems`."""

    def __init__(self, source: Source, problems: Problems, watch: Callable[[int], None]) -> None:
        """`watch` is told of every so many bytes that were read."""
        self._source = source
        self._problems = problems
        self._watch = watch
        self._line = 0
        self._size = 0

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Once. Raises Unreadable where the file is not what `examine` saw."""
        reader = csv.reader(self._lines(), delimiter=DELIMITER, strict=True)
        first = 1
        while True:
            try:
                for cells in reader:
                    if cells:
                        yield first, cells
                    first = self._line + 1
                    self._size = 0
                return
            except csv.Error as error:
                self._problems.add(first, _explained(str(error)))
            except _Unclosed:
                self._problems.add(first, f"{_OPEN}: запись длиннее 64 КиБ; дальше файл не проверялся")
                return
            first = self._line + 1
            self._size = 0

    def _lines(self) -> Iterator[str]:
        source = self._source
        with source.path.open("rb") as file:
            file.seek(source.start)
            done = told = source.start
            while raw := file.readline(LONGEST_LINE + 1):
                self._line += 1
                self._size += len(raw)
                if self._size > LONGEST_LINE:
                    yield self._too_long(file, raw)
                    continue
                try:
                    yield raw.decode(source.encoding)
                except UnicodeDecodeError:
                    raise Unreadable(_CHANGED) from None
                done += len(raw)
                if done - told >= CHUNK:
                    told = done
                    self._watch(done)
            found = os.fstat(file.fileno())
            if (found.st_size, found.st_mtime_ns) != (source.size, source.changed_at):
                raise Unreadable(_CHANGED)
            self._watch(source.size)

    def _too_long(self, file: BinaryIO, raw: bytes) -> str:
        """Nothing in the place of a line that is too long. Raises _Unclosed where several lines make one record."""
        if self._size > len(raw):
            raise _Unclosed
        while raw and not raw.endswith(b"\n"):
            raw = file.readline(CHUNK)
        self._problems.add(self._line, "строка длиннее 64 КиБ")
        self._size = 0
        return "\n"


class _Unclosed(Exception):
    """A record does not end: a quote was opened and never closed."""


_OPEN = "открытая кавычка не закрыта"
_CHANGED = "Файл изменился, пока его читали; загрузите его ещё раз."


def _explained(english: str) -> str:
    if "unexpected end" in english:
        return f"{_OPEN} до конца файла"
    if "expected after" in english:
        return 'после закрывающей кавычки идёт текст: кавычку внутри ячейки удваивают («"ООО ""Свет"""»)'
    return "возврат каретки посреди строки: строки кончаются на LF или CR LF"
