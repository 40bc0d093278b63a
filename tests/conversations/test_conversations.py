"""Every conversation of this folder, at two depths, on both databases; and every one replays."""

from pathlib import Path

import pytest

from ivr.factory import open_line
from ivr.services.replaying import replay
from ivr.simulator.conversation import Conversation, TalkPhone, load, play
from ivr.simulator.double import TwilioDouble
from ivr.store import calls
from tests.conftest import TOKEN
from tests.support import saved, talks
from tests.support.flow_phone import FlowPhone
from tests.support.live import serve

FILES = sorted(Path(__file__).parent.glob("**/*.yaml"))


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def conversation(request) -> Conversation:
    return load(request.param)


@pytest.fixture
def at_its_time(settings, conversation):
    return talks.at_its_time(settings, conversation)


def replayed(line):
    with line.store.read() as db:
        sids = calls.all_sids(db)
        return [replay(line.calls, db, sid, reheard=reheard) for sid in sids for reheard in (False, True)]


def test_by_the_script_alone(conversation, at_its_time):
    line = open_line(at_its_time)
    try:
        phone = FlowPhone(line.calls, at_its_time)
        play(conversation, phone, lambda wanted: saved.check(line.store, wanted))
        assert set(replayed(line)) == {None}
    finally:
        line.store.close()


def test_by_signed_webhooks(conversation, at_its_time):
    line = open_line(at_its_time)
    try:
        with serve(at_its_time) as origin:
            phone = TalkPhone(TwilioDouble(origin, TOKEN))
            play(conversation, phone, lambda wanted: saved.check(line.store, wanted))
        assert set(replayed(line)) == {None}
    finally:
        line.store.close()


def test_there_are_conversations():
    assert len(FILES) >= 30
