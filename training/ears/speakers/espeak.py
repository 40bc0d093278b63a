"""espeak-ng and its variants."""

import random
import re
import subprocess
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from training.ears.manifest import Utterance
from training.ears.sound import audio_files
from training.ears.speakers import accents
from training.ears.speakers.engines import WORKERS, named, plausible
from training.ears.texts.wordings import bare
from training.ears.words.speaking import Speaking

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


def spoken(audio: Path, texts: Sequence[str], speaking: Speaking, seed: int) -> list[Utterance]:
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
