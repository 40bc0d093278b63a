"""Decoders made before they are asked for: making one costs up to 30 ms, and serves one utterance.

Whenever a decoder of a grammar is taken, the next of the same grammar is made in the background, one at a time and
while Vosk lets go of the GIL. Callers wait only when a question is asked several times within one making.
"""

import os
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any

from ivr.speech.model import Model

MOST = 64
"""Grammars of which a spare is kept, the last asked for."""


class Spares:
    """Of one model; threads share it."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._made: OrderedDict[tuple[str | None, int], Future[Any]] = OrderedDict()
        self._lock = Lock()
        self._makers: dict[int, ThreadPoolExecutor] = {}

    def take(self, grammar: str | None, alternatives: int) -> Any:
        """A decoder that nobody has used, as `Model.decoder` makes it; the spare if there is one."""
        key = grammar, alternatives
        with self._lock:
            spare = self._made.pop(key, None)
            self._made[key] = self._maker().submit(self._model.decoder, grammar, alternatives)
            while len(self._made) > MOST:
                self._made.popitem(last=False)[1].cancel()
        if spare is not None and spare.done() and not spare.cancelled() and spare.exception() is None:
            return spare.result()
        if spare is not None:
            spare.cancel()
        return self._model.decoder(grammar, alternatives)

    def _maker(self) -> ThreadPoolExecutor:
        """A thread of this process: a fork has none of its parent's, and what that was making is never done."""
        if os.getpid() not in self._makers:
            self._makers = {os.getpid(): ThreadPoolExecutor(1, "spare-decoders")}
        return self._makers[os.getpid()]
