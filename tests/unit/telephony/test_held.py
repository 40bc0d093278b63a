"""An answer that rides in a URL."""

import pytest

from ivr.dialogue.steps import Heard
from ivr.telephony.held import Held, Sealer

HELD = Held(12.5, Heard(("двенадцать",), ""))


def test_what_was_sealed_is_opened():
    sealer = Sealer(["a" * 32])
    assert sealer.open(sealer.seal(HELD)) == HELD


def test_a_rotated_token_still_opens():
    sealed = Sealer(["old"]).seal(HELD)
    assert Sealer(["new", "old"]).open(sealed) == HELD
    assert Sealer(["new"]).open(sealed) is None


@pytest.mark.parametrize("sealed", ["", "nonsense", "ж" * 40, "gAAAAA=="])
def test_nothing_else_is_opened(sealed):
    assert Sealer(["a"]).open(sealed) is None


def test_what_the_caller_said_cannot_be_read_in_the_url():
    assert "двенадцать" not in Sealer(["a"]).seal(HELD)
