"""The ears on one core: decoding against real time and against a bare Vosk decoder, making a recogniser, memory."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import fmean, median
from time import perf_counter, process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ivr import data
from ivr.audio import RATE
from ivr.audio.files import read
from ivr.language import grammar
from ivr.speech import model
from ivr.speech.grammars import KINDS, Expectation
from ivr.speech.number_grammar import DIGITS
from ivr.speech.recogniser import Ears

RECORDINGS = Path(__file__).parents[1] / "tests" / "data" / "speech"
SPOKEN_S = 4.0
"""Of each utterance that is decoded."""
UTTERANCES = 12
MADE = 60
STARTS = 5
STREAMS = 40
_BARE = "import time, vosk; vosk.SetLogLevel(-2)\nbegan = time.perf_counter()\nvosk.Model({folder!r})\n"
_OURS = "import time\nfrom ivr.speech import model\nbegan = time.perf_counter()\nmodel.load()\n"
_TOLD = "print(time.perf_counter() - began)"
_MEMORY = """
import resource, sys
from pathlib import Path
import benchmarks.ears as ears
from ivr.speech.grammars import Expectation
heard = ears.loaded()
sound = next(ears.utterances())
expectation = Expectation(sys.argv[1], digits=5)
def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20
def stream():
    one = heard.listen(expectation)
    one.accept(sound.tobytes())
    return one
kept = [stream()]
before = held()
kept += [stream() for _ in range(ears.STREAMS)]
print((held() - before) / ears.STREAMS)
"""


def measure(databases: list[str]) -> list[str]:
    """Lines for the report: `name figure target`. No database takes part."""
    ears = loaded()
    return [*_decoding(ears), *_making(ears), *_loading(), *_memory(), _size(ears)]


def loaded() -> Ears:
    """The shipped model with the line's grammars."""
    return Ears(model.load(), grammar.load(data.grammars()))


def utterances() -> Iterator[NDArray[np.int16]]:
    """The recordings of the tests one after the other, in pieces of SPOKEN_S."""
    size = int(SPOKEN_S * RATE)
    whole = np.concatenate([read(path) for path in sorted(RECORDINGS.glob("*.flac"))])
    yield from (
        np.resize(whole[start * size :], size) for start in range(min(UTTERANCES, len(whole) // size))
    )


def _decoding(ears: Ears) -> Iterator[str]:
    sounds = list(utterances())
    bare = _share(partial(_bare, ears), sounds)
    yield f"ears: a bare Vosk decoder, ten digits, one text: {bare:.4f} of real time"
    for kind in KINDS:
        expectation = Expectation(kind, digits=5)
        spent = _share(partial(_heard, ears, expectation), sounds)
        figures = f"{spent:.4f} of real time, {spent / bare:.1f} times the bare one"
        yield f"ears: hearing {kind}: {figures}  (target ≤ 0.02)"


def _heard(ears: Ears, expectation: Expectation, sound: NDArray[np.int16]) -> object:
    return ears.hear(sound, expectation)


def _bare(ears: Ears, sound: NDArray[np.int16]) -> str:
    decoder: Any = ears.model.decoder(json.dumps(DIGITS, ensure_ascii=False), 0)
    decoder.AcceptWaveform(sound.tobytes())
    found: str = decoder.FinalResult()
    return found


def _share(hear: Callable[[NDArray[np.int16]], object], sounds: list[NDArray[np.int16]]) -> float:
    """Seconds of one core for a second of sound, the median; all is made that is made once."""
    hear(sounds[0])
    return median(_spent(partial(hear, sound), process_time) for sound in sounds) / SPOKEN_S


def _making(ears: Ears) -> Iterator[str]:
    for kind in KINDS:
        expectation = Expectation(kind, digits=6)
        first = _spent(partial(ears.listen, expectation))
        again = median(_spent(partial(ears.listen, expectation)) for _ in range(MADE))
        yield (
            f"ears: a recogniser for {kind}: {again * 1000:.1f} ms, {first * 1000:.0f} ms with its grammar"
            "  (target ≤ 5 ms)"
        )


def _loading() -> Iterator[str]:
    bare = _started(_BARE.format(folder=str(model.SHIPPED)) + _TOLD)
    ours = _started(_OURS + _TOLD)
    yield f"ears: loading the model: {ours:.2f} s, {ours / bare:.1f} times bare Vosk  (target ≤ 0.3 s)"


def _memory() -> Iterator[str]:
    for kind in ("number", "menu"):
        yield f"ears: a stream of {kind}: {_started(_MEMORY, kind):.1f} MB  (target ≤ 3 MB)"


def _size(ears: Ears) -> str:
    return f"ears: the model's folder: {ears.model.files.size / 1e6:.1f} MB  (target ≤ 20 MB)"


def _started(program: str, *arguments: str) -> float:
    """What a program of its own process prints, the mean of STARTS."""
    return fmean(
        float(
            subprocess.run(
                [sys.executable, "-c", program, *arguments],
                cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True,
            ).stdout.split()[-1]
        )
        for _ in range(STARTS)
    )  # fmt: skip


def _spent(work: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    """Seconds."""
    began = clock()
    work()
    return clock() - began
