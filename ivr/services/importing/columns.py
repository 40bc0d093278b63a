"""The columns of a file: its header understood, its records made into values."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import compress
from typing import Any

from ivr.services.importing.problems import Problems, Unreadable, Wrong, quoted
from ivr.services.importing.source import DELIMITER, Records, Source


@dataclass(frozen=True)
class Column:
    """A heading, and the reader of its cells."""

    name: str
    read: Callable[[str], Any]


class Table:
    """Columns in the order in which a file has them."""

    def __init__(self, columns: Sequence[Column], source: Source) -> None:
        self._columns = columns
        self._source = source

    def rows(self, records: Records, problems: Problems) -> Iterator[tuple[int, list[Any]]]:
        """Line and values, in the order of the columns; what is wrong goes to `problems`. Raises Unreadable."""
        told = iter(records)
        first, heading = next(told, (1, []))
        if problems.total:
            return  # the heading is no record
        places = self._places(first, heading)
        width = max(places) + 1
        straight = places == list(range(len(places)))
        readers = [column.read for column in self._columns]
        for line, cells in told:
            if len(cells) != width and not _fits(cells, width):
                if any(map(str.strip, cells)):
                    problems.add(
                        line, f"ячеек {len(cells)}, а столбцов {width}: лишняя или пропущенная «{DELIMITER}»"
                    )
                continue
            ordered = cells if straight and len(cells) == width else [cells[place] for place in places]
            try:
                yield line, [read(cell) for read, cell in zip(readers, ordered, strict=True)]
            except Wrong:
                if any(map(str.strip, cells)):
                    self._explain(line, ordered, problems)

    def _explain(self, line: int, cells: list[str], problems: Problems) -> None:
        for column, cell in zip(self._columns, cells, strict=True):
            try:
                column.read(cell)
            except Wrong as wrong:
                problems.add_cell(line, column.name, cell if wrong.value is None else wrong.value, wrong.why)

    def _places(self, line: int, heading: list[str]) -> list[int]:
        """Where each column stands. Raises Unreadable with all that is wrong with the heading."""
        found = [_plain(cell) for cell in heading]
        while found and not found[-1]:
            found.pop()
        wanted = {_plain(column.name): column.name for column in self._columns}
        missing = [name for plain, name in wanted.items() if plain not in found]
        if len(missing) == len(wanted):
            raise Unreadable(self._no_heading(line, heading))
        wrong = []
        if missing:
            wrong.append(f"нет столбцов: {_list(missing)}")
        if unknown := list(compress(heading, (plain not in wanted for plain in found))):
            near = [get_close_matches(_plain(name), wanted, 1) for name in unknown]
            told = [f"{quoted(name)} (не «{wanted[like[0]]}»?)" if like else quoted(name)
                    for name, like in zip(unknown, near, strict=True)]  # fmt: skip
            wrong.append(f"незнакомые столбцы: {', '.join(told)}")
        if twice := sorted({name for plain, name in wanted.items() if found.count(plain) > 1}):
            wrong.append(f"столбцы повторяются: {_list(twice)}")
        if wrong:
            raise Unreadable(
                f"Строка {line}, {'; '.join(wrong)}. Нужны столбцы: {_list(list(wanted.values()))}."
            )
        return [found.index(plain) for plain in wanted]

    def _no_heading(self, line: int, heading: list[str]) -> str:
        names = _list([column.name for column in self._columns])
        told = f"Строка {line}: это не заголовок. Нужны столбцы через точку с запятой: {names}."
        other = next((name for sign, name in _OTHERS.items() if sign in "".join(heading)), None)
        if len(heading) == 1 and other:
            told += f" Похоже, столбцы здесь разделены {other}."
        if self._source.not_utf8:
            told += f" Файл прочитан как Windows-1251: он не UTF-8 ({self._source.not_utf8})."
        return told


_OTHERS = {"\t": "табуляцией", ",": "запятыми", "|": "чертой"}


def _fits(cells: list[str], width: int) -> bool:
    """Whether only empty cells stand after the last column."""
    return len(cells) > width and not any(map(str.strip, cells[width:]))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold().replace("ё", "е")


def _list(names: list[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)
