"""Decoders are made ahead, and each serves one utterance."""

import json
import os
from time import monotonic, sleep

from ivr.speech import model, spares
from ivr.speech.spares import Spares

GRAMMAR = json.dumps(["да", "нет"], ensure_ascii=False)
SILENCE = bytes(16_000)


def settled(kept: Spares) -> None:
    """Waits until all spares are made."""
    end = monotonic() + 30
    while not all(one.done() for one in kept._made.values()):
        assert monotonic() < end
        sleep(0.01)


def test_the_spare_is_what_is_taken_next_and_nothing_is_taken_twice():
    kept = Spares(model.load())
    first = kept.take(GRAMMAR, 3)
    settled(kept)
    (spare,) = (one.result() for one in kept._made.values())
    second = kept.take(GRAMMAR, 3)
    assert second is spare
    settled(kept)
    third = kept.take(GRAMMAR, 3)
    assert len({id(one) for one in (first, second, third)}) == 3
    for one in (first, second, third):
        one.AcceptWaveform(SILENCE)
        assert len(json.loads(one.FinalResult())["alternatives"]) == 1


def test_a_spare_is_of_the_same_grammar_and_as_many_alternatives():
    kept = Spares(model.load())
    kept.take(GRAMMAR, 3)
    settled(kept)
    assert "text" in json.loads(kept.take(GRAMMAR, 0).FinalResult())
    assert "alternatives" in json.loads(kept.take(None, 3).FinalResult())


def test_asked_again_before_the_spare_is_made_another_is_made(monkeypatch):
    loaded = model.load()
    made = loaded.decoder
    monkeypatch.setattr(loaded, "decoder", lambda *asked: sleep(0.05) or made(*asked))
    kept = Spares(loaded)
    assert len({id(kept.take(GRAMMAR, 3)) for _ in range(4)}) == 4
    settled(kept)


def test_a_fork_makes_its_own():
    kept = Spares(model.load())
    kept.take(GRAMMAR, 3)
    settled(kept)
    pid = os.fork()
    if not pid:
        status = 1
        try:
            kept.take(GRAMMAR, 3)
            settled(kept)
            status = 0
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def test_only_the_last_grammars_have_spares(monkeypatch):
    monkeypatch.setattr(spares, "MOST", 2)
    kept = Spares(model.load())
    for word in ("да", "нет", "пять"):
        kept.take(json.dumps([word], ensure_ascii=False), 1)
    settled(kept)
    assert [json.loads(grammar) for grammar, _ in kept._made] == [["нет"], ["пять"]]
