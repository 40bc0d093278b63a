"""The table of all utterances to train on or to be judged by: `manifest.tsv`, and one such table a held-out set.

Columns: path (relative to the checkout), group, speaker, kind, text.
"""

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Literal, get_args

CHECKOUT = Path(__file__).resolve().parents[2]
CACHE = CHECKOUT / "var" / "ears"
"""All that training makes and keeps; not committed."""

Group = Literal[
    "man",
    "woman",
    "espeak",
    "festival",
    "rhvoice",
    "accented",
    "human",
    "numbers",
    "foreign",
    "effects",
    "music",
    "ru_tts",
]
Kind = Literal["words", "phones", "none"]
"""How `text` is written: words («в+осемь» with or without its stress), phones, or nothing to hear."""


@dataclass(frozen=True)
class Utterance:
    """One recording and what is said in it."""

    path: Path
    group: Group
    speaker: str
    """Who speaks, all engines that copy one person being that person: what must not be on both sides of a split."""
    kind: Kind
    text: str = ""


def write(table: Path, rows: Iterable[Utterance]) -> int:
    """Writes the table,  returns the number of rows. Raises ValueError on a tab."""
    lines = []
    for row in rows:
        fields = columns(row)
        if any("\t" in field or "\n" in field for field in fields):
            raise ValueError(f"{row.path}: a tab or a line's end in {fields}")
        lines.append("\t".join(fields) + "\n")
    table.write_text("".join(lines), encoding="utf-8")
    return len(lines)


def columns(row: Utterance) -> tuple[str, ...]:
    """The row as it is written: its path relative to the checkout."""
    return os.path.relpath(row.path, CHECKOUT), *astuple(row)[1:]


def read(table: Path) -> list[Utterance]:
    """The rows of a table, paths made absolute. Raises ValueError on a broken line."""
    return [_row(table, line) for line in table.read_text(encoding="utf-8").splitlines()]


def _row(table: Path, line: str) -> Utterance:
    fields = line.split("\t")
    if len(fields) != 5 or fields[1] not in get_args(Group) or fields[3] not in get_args(Kind):
        raise ValueError(f"{table}: expected path, group, speaker, kind, text: {line!r}")
    path, group, speaker, kind, text = fields
    return Utterance((CHECKOUT / path).resolve(), group, speaker, kind, text)  # type: ignore[arg-type]


def told(rows: Iterable[Utterance]) -> str:
    """How many utterances each group has."""
    groups = Counter(row.group for row in rows)
    return ", ".join(f"{group} {count}" for group, count in groups.items())
