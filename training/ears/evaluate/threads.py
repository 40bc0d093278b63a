"""The same work for each of many clips, in threads: Vosk lets go of the interpreter while it decodes."""

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import TypeVar

One = TypeVar("One")
Made = TypeVar("Made")

_TOLD_S = 30.0


def each(work: Callable[[One], Made], ones: Sequence[One], threads: int) -> Iterator[Made]:
    """In order, whatever the threads; how far it has come is told on the standard error now and then."""
    last = monotonic()
    with ThreadPoolExecutor(threads) as pool:
        for number, made in enumerate(pool.map(work, ones), 1):
            if monotonic() - last > _TOLD_S:
                last = monotonic()
                print(f"{number} of {len(ones)} clips", file=sys.stderr, flush=True)
            yield made
