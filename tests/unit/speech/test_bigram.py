"""The cost of a text by a run-time grammar is Vosk's own: what is left of the score is the sound."""

import json
from itertools import pairwise
from math import inf, log

import pytest

from ivr.speech import model
from ivr.speech.bigram import GRAPH_SCALE, Bigram, trails


def test_by_hand():
    grammar = Bigram([("да",), ("да", "нет")])
    # counted are да да нет and two ends; half of each state's probability is for the back-off
    assert grammar.cost(("да",)) == pytest.approx(-log(0.5 * 2 / 5) - log(0.5 * 1 / 2))
    assert grammar.cost(("нет", "да")) == pytest.approx(
        -log(0.5 * 1 / 5) - log(0.5 * 0.5 * 2 / 5) - log(0.5 * 1 / 2)
    )
    assert grammar.cost(("кошка",)) == inf
    assert grammar.cost(()) == pytest.approx(-log(0.5 * 2 / 5))


@pytest.mark.parametrize("recording", ["50", "5", "6", "15"])
def test_the_sound_scores_the_same_by_any_grammar(said, recording):
    words = ("пять", "пятьдесят", "пятнадцать", "шесть")
    narrow = [(word,) for word in words]
    wide = [*narrow * 7, ("сто", "пять"), ("сто", "шесть"), ("шестьдесят", "один")]
    first, second = (_sound(said(recording), sentences) for sentences in (narrow, wide))
    both = first.keys() & second.keys()
    assert both
    for text in both:
        assert first[text] == pytest.approx(second[text], abs=0.02)


def _sound(samples, sentences):
    decoder = model.load().decoder(json.dumps([" ".join(one) for one in sentences], ensure_ascii=False), 5)
    decoder.AcceptWaveform(samples.tobytes())
    found = json.loads(decoder.FinalResult())["alternatives"]
    grammar = Bigram(sentences)
    return {
        one["text"].strip(): one["confidence"] + GRAPH_SCALE * grammar.cost(one["text"].split())
        for one in found
    }


def test_trails_have_every_pair_once():
    pairs = [("а", "б"), ("б", "в"), ("в", "а"), ("г", "г"), ("а", "в"), ("а", "б")]
    found = list(trails(pairs))
    assert sorted(pair for trail in found for pair in pairwise(trail)) == sorted(set(pairs))
    assert sum(map(len, found)) < 2 * len(set(pairs))
