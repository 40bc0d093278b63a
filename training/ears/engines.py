"""espeak-ng with its variants, and what all engines share.

Files are named by what was asked of the engine: what is there already need not be said again.
"""

import hashlib
import random
import re
import subprocess
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from training.ears import accents, audio_files
from training.ears.manifest import Utterance
from training.ears.speaking import Speaking
from training.ears.wordings import bare

WORKERS = 2
LETTERS_A_SECOND = (4.0, 30.0)
"""Outside of this an engine has failed."""
SHORTEST = 0.15
"""Seconds."""
SHORT = 8
"""Letters of a text that tell nothing of its length."""
_INHUMAN = re.compile("whisper|robo|demon|croak|fast|mr serious", re.IGNORECASE)
_SOROK = "[[s'orak]]"
"""«Сорок», which espeak-ng stresses on its end."""


@dataclass(frozen=True)
class _Wanted:
    """An utterance of espeak-ng."""

    path: Path
    variant: str
    speed: int
    """Words a minute."""
    pitch: int
    """0 to 99."""
    spoken: str


def variants() -> list[str]:
    """The variants of espeak-ng that could be people."""
    command = ["espeak-ng", "--voices=variant"]
    listing = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    names = {name.strip() for name in re.findall(r"!v/(\S+(?: \S+)*)", listing)}
    return sorted(name for name in names if not _INHUMAN.search(name))


def espeak(audio: Path, texts: Sequence[str], speaking: Speaking, seed: int) -> list[Utterance]:
    """Each text by a variant, speed and pitch drawn for it; without those that failed."""
    rng = random.Random(seed)
    voices = variants()
    wanted = []
    for text in texts:
        asked = for_espeak(speaking.reduced(text, rng))
        voice, speed, pitch = rng.choice(voices), rng.randint(110, 230), rng.randint(15, 85)
        path = audio / named(voice, str(speed), str(pitch), asked)
        wanted.append(_Wanted(path, voice, speed, pitch, asked))
    audio.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(WORKERS) as pool:
        list(pool.map(_say, {one.path: one for one in wanted}.values(), chunksize=50))
    rows = [
        Utterance(one.path, "espeak", f"espeak-{one.variant}", "words", bare(text))
        for one, text in zip(wanted, texts, strict=True)
    ]
    return [row for row in rows if plausible(row)]


def for_espeak(text: str) -> str:
    """«+» as espeak-ng marks stress, and its own phones for «сорок»."""
    return accents.acute(re.sub(r"\bс\+орок\b", _SOROK, text))


def audible(rows: Sequence[Utterance]) -> list[Utterance]:
    """Those that were said. Raises ValueError where a speaker said nothing of them: the engine lacks the voice."""
    said = [row for row in rows if plausible(row)]
    if silent := {row.speaker for row in rows} - {row.speaker for row in said}:
        raise ValueError(
            f"{', '.join(sorted(silent))}: nothing was said; is the voice installed? (training/system.sh)"
        )
    return said


def plausible(row: Utterance) -> bool:
    """Whether the file lasts as long as its text takes to say."""
    seconds = audio_files.seconds(row.path)
    slowest, fastest = LETTERS_A_SECOND
    return seconds > SHORTEST and (len(row.text) < SHORT or slowest <= len(row.text) / seconds <= fastest)


def named(*asked: str) -> str:
    """A file's name by what was asked of an engine."""
    return hashlib.blake2s("\n".join(asked).encode(), digest_size=8).hexdigest() + ".wav"


def _say(one: _Wanted) -> None:
    if one.path.exists():
        return
    raw = one.path.with_suffix(".raw.wav")
    command = [
        "espeak-ng",
        "-v",
        f"ru+{one.variant}",
        "-s",
        str(one.speed),
        "-p",
        str(one.pitch),
        "-w",
        str(raw),
    ]
    subprocess.run([*command, one.spoken], check=True, stderr=subprocess.DEVNULL)
    audio_files.save(one.path, *audio_files.load(raw))
    raw.unlink()
