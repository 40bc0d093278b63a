"""Understanding on one core: numbers and topics a second, the slowest hundredth, memory, start-up."""

import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import TypeVar

from num2words import num2words

T = TypeVar("T")
LISTS = Path(__file__).parents[1] / "tests" / "understanding"
FEW = 20
"""So many readings of a number are taken, as `ivr understand number` shows."""
WORDS = 40
STARTS = 5
_LOADED = """
import resource
from ivr import data
from ivr.language.understanding import load
from ivr.language.numbers import spoken_numbers
heard = load(data.grammars())
for line in open(0, encoding="utf-8"):
    heard.topics.understand(line)
    next(spoken_numbers(line), None)
pages = int(open("/proc/self/statm").read().split()[1])
print(pages * resource.getpagesize() / 2**20, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def measure(databases: list[str]) -> list[str]:
    """Lines for the report: `name figure target`. No database takes part."""
    return [*_numbers(), *_topics(), *_processes()]


def _numbers() -> list[str]:
    from ivr.language.numbers import spoken_numbers

    said = [line.split("\t")[-1] for line in _lines("numbers.tsv")]
    spent = _spent(lambda text: list(islice(spoken_numbers(text), FEW)), said * 10)
    spoken = _spent(lambda value: num2words(value, lang="ru"), list(range(10_000, 12_600)))
    chance = random.Random(40)
    long = [" ".join(_random_number(chance)) for _ in range(300)]
    free = _spent(lambda text: list(islice(spoken_numbers(text), FEW)), long)
    bound = _spent(lambda text: list(islice(spoken_numbers(text, longest=5), FEW)), long)
    return [
        _line("numbers", spent),
        f"numbers: hearing one against speaking one (num2words)  {median(spent) / median(spoken):.1f}",
        _line(f"{WORDS} number words, no register", free),
        _line(f"{WORDS} number words, a register of five digits", bound),
    ]


def _topics() -> list[str]:
    from ivr import data
    from ivr.language.understanding import load

    topics = load(data.grammars()).topics
    said = [line.split("\t")[-1] for name in ("menu_build.tsv", "menu_unseen.tsv") for line in _lines(name)]
    first = _spent(topics.understand, said)
    again = _spent(topics.understand, said * 3)
    return [_line("topics, words met for the first time", first), _line("topics", again)]


def _processes() -> list[str]:
    text = "\n".join(line.split("\t")[-1] for line in _lines("menu_build.tsv"))
    loaded = subprocess.run(
        [sys.executable, "-c", _LOADED], input=text, capture_output=True, text=True, check=True
    )
    kept, peak = map(float, loaded.stdout.split())
    ivr = [sys.executable, "-m", "ivr.cli", "understand"]
    starts = {
        kind: median(_started([*ivr, kind, "нет света"]) for _ in range(STARTS))
        for kind in ("menu", "number")
    }
    bare = median(_started([sys.executable, "-c", "pass"]) for _ in range(STARTS))
    return [
        f"language loaded and used, with Python: {kept:.0f} MB of memory  (target ≤ 60), {peak:.0f} MB while loading",
        *(
            f"`ivr understand {kind}` from start to answer: {spent:.2f} s, bare Python {bare:.2f} s  (target < 1)"
            for kind, spent in starts.items()
        ),
    ]


def _lines(name: str) -> list[str]:
    return (LISTS / name).read_text(encoding="utf-8").splitlines()


def _random_number(chance: random.Random) -> list[str]:
    """Forty words of numbers, as no caller says them."""
    words: list[str] = []
    while len(words) < WORDS:
        words += num2words(
            chance.choice([chance.randrange(100), chance.randrange(100_000)]), lang="ru"
        ).split()
    return words[:WORDS]


def _spent(work: Callable[[T], object], inputs: Sequence[T]) -> list[float]:
    """Seconds of each."""
    times = []
    for one in inputs:
        began = perf_counter()
        work(one)
        times.append(perf_counter() - began)
    return times


def _started(command: list[str]) -> float:
    began = perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return perf_counter() - began


def _line(name: str, spent: list[float]) -> str:
    p99 = quantiles(spent, n=100)[-1] * 1000
    return f"{name}: {len(spent) / sum(spent):.0f} a second, p99 {p99:.2f} ms  (target p99 < 5 ms)"
