"""Synthetic voices: espeak-ng with its variants; Festival's made of the man's recordings, and its Czech ones.

Files are named by what was asked of the engine: what is there already need not be said again.
"""

import hashlib
import random
import re
import subprocess
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
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
BATCH = 250
CZECH = ("dita", "krb", "machac", "ph")
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


def festival(audio: Path, texts: Sequence[str], speaking: Speaking, seed: int) -> list[Utterance]:
    """The texts by the man's unit-selection voice; without those that failed."""
    rng = random.Random(seed)
    asked = [speaking.reduced(text, rng) for text in texts]
    paths = _by_festival(audio, asked, "voice_msu_ru_nsh_clunits")
    rows = [
        Utterance(path, "festival", "man", "words", bare(text))
        for path, text in zip(paths, texts, strict=True)
    ]
    return audible(rows)


def czech(audio: Path, texts: Sequence[str], speaking: Speaking, seed: int) -> list[Utterance]:
    """The texts dealt out to Festival's Czech voices, a child's among them; without those that failed."""
    rng = random.Random(seed)
    rows = []
    for number, voice in enumerate(CZECH):
        own = texts[number :: len(CZECH)]
        asked = [speaking.respelt(text, accents.czech, rng) for text in own]
        paths = _by_festival(audio, asked, f"voice_czech_{voice}", "iso-8859-2")
        rows += [
            Utterance(path, "accented", f"czech-{voice}", "words", bare(text))
            for path, text in zip(paths, own, strict=True)
        ]
    return audible(rows)


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


def _by_festival(audio: Path, asked: Sequence[str], voice: str, encoding: str = "utf-8") -> list[Path]:
    """Where each text is, once a voice of Festival has said those that are not there yet."""
    audio.mkdir(parents=True, exist_ok=True)
    paths = [audio / named(voice, one) for one in asked]
    missing = [(path, one) for path, one in dict(zip(paths, asked, strict=True)).items() if not path.exists()]
    parts = [missing[start : start + BATCH] for start in range(0, len(missing), BATCH)]
    with ProcessPoolExecutor(WORKERS) as pool:
        list(pool.map(partial(_festival, voice, encoding), parts))
    return paths


def _festival(voice: str, encoding: str, part: Sequence[tuple[Path, str]]) -> None:
    """One batch; an utterance that fails ends the process, and the rest is begun anew behind it."""
    waiting = list(part)
    while waiting:
        new = {path: path.with_suffix(".new.wav") for path, _ in waiting}
        lines = [
            f'(utt.save.wave (utt.synth (Utterance Text "{text}")) "{new[path]}")' for path, text in waiting
        ]
        batch = waiting[0][0].with_suffix(".scm")
        batch.write_text("\n".join([f"({voice})", *lines]), encoding=encoding)
        subprocess.run(["festival", "-b", str(batch)], check=False, capture_output=True)
        batch.unlink()
        for path, made in new.items():
            if made.exists():
                made.replace(path)
        undone = [number for number, (path, _) in enumerate(waiting) if not path.exists()]
        waiting = waiting[undone[0] + 1 :] if undone else []
