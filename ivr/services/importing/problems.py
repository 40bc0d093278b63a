"""What is wrong with a file, as sentences for whoever loads it: the first fifty, and the number of all."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

SHOWN = 50
LONGEST_VALUE = 60


class Unreadable(Exception):
    """Nothing can be made of this file: a Russian sentence."""


class Wrong(ValueError):
    """A cell that cannot be taken: what it is not, and what is expected. `value`: the part of it that is wrong."""

    def __init__(self, why: str, value: str | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.value = value


@dataclass
class Sentences:
    """Keeps the first `SHOWN` in the order of their lines and counts all of them."""

    total: int = 0
    _kept: list[tuple[int, int, str]] = field(default_factory=list)

    def add(self, line: int, text: str) -> None:
        """What is to be said of a line of the file."""
        self._keep(line, f"строка {line}: {text}")

    def add_cell(self, line: int, column: str, value: str, why: str) -> None:
        """What is to be said of the value of a cell."""
        self._keep(line, f"строка {line}, столбец «{column}»: {quoted(value)} — {why}")

    def _keep(self, line: int, sentence: str) -> None:
        self.total += 1
        kept = (-line, -self.total, sentence)
        if len(self._kept) < SHOWN:
            heapq.heappush(self._kept, kept)
        else:
            heapq.heappushpop(self._kept, kept)

    def sentences(self) -> Iterator[str]:
        """By lines; the last one tells how many more there are."""
        for _, _, sentence in sorted(self._kept, reverse=True):
            yield sentence
        if self.total > len(self._kept):
            yield f"и ещё {self.total - len(self._kept)}"


@dataclass
class Problems(Sentences):
    """What makes a file unusable; and beside it what is only good to know."""

    notes: Sentences = field(default_factory=Sentences)


def quoted(value: str) -> str:
    """A value for a sentence: short, and without what a terminal would obey."""
    value = value.strip()
    if not value:
        return "пусто"
    shown = value if len(value) <= LONGEST_VALUE else value[:LONGEST_VALUE] + "…"
    return f"«{''.join(sign if sign.isprintable() else '�' for sign in shown)}»"
