"""A store over each database, with the demo callers."""

from collections.abc import Iterator

import pytest

from ivr.factory import open_store
from ivr.store.engine import Store


@pytest.fixture
def store(settings) -> Iterator[Store]:
    opened = open_store(settings)
    yield opened
    opened.close()
