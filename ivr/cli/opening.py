"""The database and the line for the length of one command."""

from collections.abc import Iterator
from contextlib import contextmanager

from ivr.factory import Line, open_line, open_store
from ivr.settings import Settings
from ivr.store.engine import Store


@contextmanager
def the_store() -> Iterator[Store]:
    """The database of the settings."""
    store = open_store(Settings())
    try:
        yield store
    finally:
        store.close()


@contextmanager
def the_line() -> Iterator[Line]:
    """The line of the settings, without its web."""
    with the_store() as store:
        yield open_line(Settings(), store)
