"""Many calls at once hear what each would alone."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ivr.speech.grammars import Expectation

THREADS, UTTERANCES = 8, 48


def test_the_same_as_one_after_the_other(ears, said):
    random = np.random.default_rng(3)
    kinds = ("number", "number", "yesno", "text", "menu")
    asked = [
        (said(*(str(digit) for digit in random.integers(0, 10, 4))), Expectation(kinds[n % 5], digits=5))
        for n in range(UTTERANCES)
    ]
    serial = [ears.hear(*one) for one in asked]
    with ThreadPoolExecutor(THREADS) as pool:
        parallel = list(pool.map(lambda one: ears.hear(*one), asked))
    assert [one.text for one in parallel] == [one.text for one in serial]
    assert parallel == serial


def test_one_recogniser_fed_by_turns(ears, said):
    """Whoever breaks the rule of one thread at a time waits, and the process lives."""
    recogniser = ears.listen(Expectation("number", digits=5))
    sound = said("5").tobytes()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda _: (recogniser.accept(sound), recogniser.partial()), range(THREADS)))
    assert recogniser.final().duration == THREADS * len(sound) / 16_000
