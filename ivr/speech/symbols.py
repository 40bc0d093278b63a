"""The words of a Vosk model without loading it: `words.txt`, or the symbol table inside its graph.

The public small models have no `words.txt`; the table stands in `Gr.fst` then. Format: OpenFst's binary header and
SymbolTable, little-endian, texts with their length before them.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_FST, _TABLE = 2_125_659_606, 2_125_658_996
"""What an FST and a symbol table begin with."""
_HAS_TABLES = (1, 2)
"""Flags: input symbols, output symbols."""
_MOST = 10_000_000
"""A length or a count above it is no such thing."""


class BrokenGraph(ValueError):
    """A file that is no FST, or whose symbols cannot be read."""


def is_fst(path: Path) -> bool:
    """Whether the file begins as an FST does."""
    with path.open("rb") as file:
        return file.read(4) == struct.pack("<i", _FST)


def of_text(path: Path) -> tuple[str, ...]:
    """The words of a `words.txt`, a word and its number a line."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return tuple(line.split()[0] for line in lines if line.strip())


def of_graph(path: Path) -> tuple[str, ...]:
    """The words of the symbol table inside an FST; none where it has none. Raises BrokenGraph."""
    with path.open("rb") as file:
        try:
            return tuple(_symbols(file))
        except (struct.error, UnicodeDecodeError) as error:
            raise BrokenGraph(f"{path}: {error}") from error


def _symbols(file: BinaryIO) -> Iterator[str]:
    (magic,) = _numbers(file, "<i")
    if magic != _FST:
        raise BrokenGraph("no FST")
    _text(file), _text(file)  # the kinds of FST and of arc
    _, flags, *_ = _numbers(file, "<iiQqqq")
    if not flags & sum(_HAS_TABLES):
        return
    (magic,) = _numbers(file, "<i")
    if magic != _TABLE:
        raise BrokenGraph("no symbol table where its header says there is one")
    _text(file)
    _, size = _numbers(file, "<qq")
    if not 0 <= size <= _MOST:
        raise BrokenGraph(f"a table of {size} words")
    for _ in range(size):
        yield _text(file)
        _numbers(file, "<q")


def _numbers(file: BinaryIO, layout: str) -> tuple[int, ...]:
    return struct.unpack(layout, file.read(struct.calcsize(layout)))


def _text(file: BinaryIO) -> str:
    (length,) = _numbers(file, "<i")
    if not 0 <= length <= _MOST:
        raise BrokenGraph(f"a text of {length} bytes")
    return file.read(length).decode()
