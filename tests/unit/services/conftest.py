"""A caller of the line with no telephony between: depth one."""

import pytest

from tests.support.caller import Caller


@pytest.fixture
def caller(line):
    return Caller(line.calls)
