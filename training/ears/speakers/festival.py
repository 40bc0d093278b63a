"""Festival's voices: the man whose recordings we have; with an accent Czech, American, Italian, Catalan ones."""

import random
import re
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2s
from pathlib import Path

from training.ears.manifest import Group, Utterance
from training.ears.speakers import accents, syllables
from training.ears.speakers.engines import WORKERS, audible, named
from training.ears.texts.wordings import bare
from training.ears.words.speaking import Speaking, Spelling

BATCH = 250
CZECH = ("dita", "krb", "machac", "ph")
WESTERN: dict[str, tuple[str, Spelling]] = {
    "kal": ("voice_kal_diphone", syllables.english),
    "ked": ("voice_ked_diphone", syllables.english),
    "slt": ("voice_cmu_us_slt_arctic_hts", syllables.english),
    "lp": ("voice_lp_diphone", syllables.italian),
    "pc": ("voice_pc_diphone", syllables.italian),
    "ona": ("voice_upc_ca_ona_hts", syllables.catalan),
}
"""Voices that are told how each word sounds."""
_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"
NAME_SYLLABLES = 8
_UNKNOWN = {"h", "hh"}
"""Sounds that half of these voices do not have."""
_NAME = re.compile("[a-z]+")


@dataclass
class Entries:
    """A spelling that names each word, and keeps for the lexicon what the name stands for."""

    syllables: Spelling
    by_name: dict[str, str] = field(default_factory=dict)

    def __call__(self, phones: Sequence[str]) -> str:
        """Latin letters, the same for the same sounds; with vowels, for what has none is spelt letter by letter."""
        entry = self.syllables(phones)
        drawn = blake2s(entry.encode(), digest_size=NAME_SYLLABLES).digest()
        name = "".join(_CONSONANTS[byte // 5 % len(_CONSONANTS)] + _VOWELS[byte % 5] for byte in drawn)
        self.by_name[name] = entry
        return name


def man(audio: Path, texts: Sequence[str], speaking: Speaking, seed: int) -> list[Utterance]:
    """The texts by the man's unit-selection voice; without those that failed."""
    rng = random.Random(seed)
    asked = [speaking.reduced(text, rng) for text in texts]
    paths = _spoken(audio, asked, "voice_msu_ru_nsh_clunits")
    return audible(_rows("festival", "man", paths, texts))


def czech(audio: Path, texts: Sequence[str], speaking: Speaking, seed: int) -> list[Utterance]:
    """The texts dealt out to the Czech voices, a child's among them; without those that failed."""
    rng = random.Random(seed)
    rows = []
    for number, voice in enumerate(CZECH):
        own = texts[number :: len(CZECH)]
        asked = [speaking.respelt(text, accents.czech, rng) for text in own]
        paths = _spoken(audio, asked, f"voice_czech_{voice}", encoding="iso-8859-2")
        rows += _rows("accented", f"czech-{voice}", paths, own)
    return audible(rows)


def western(audio: Path, texts: Sequence[str], speaking: Speaking, seed: int) -> list[Utterance]:
    """The texts without «х» dealt out to the American, Italian and Catalan voices; without those that failed."""
    rng = random.Random(seed)
    rows = []
    sayable = [text for text in texts if not speaking.sounds(text) & _UNKNOWN]
    for number, (name, (voice, spelling)) in enumerate(WESTERN.items()):
        own = sayable[number :: len(WESTERN)]
        entries = Entries(spelling)
        asked = [speaking.respelt(text, entries, rng) for text in own]
        paths = _spoken(audio, asked, voice, entries.by_name)
        rows += _rows("accented", f"festival-{name}", paths, own)
    return audible(rows)


def _rows(group: Group, speaker: str, paths: Sequence[Path], texts: Sequence[str]) -> list[Utterance]:
    return [
        Utterance(path, group, speaker, "words", bare(text)) for path, text in zip(paths, texts, strict=True)
    ]


def _spoken(
    audio: Path,
    asked: Sequence[str],
    voice: str,
    entries: Mapping[str, str] | None = None,
    *,
    encoding: str = "utf-8",
) -> list[Path]:
    """Where each text is, once the voice has said those that are not there yet."""
    audio.mkdir(parents=True, exist_ok=True)
    paths = [audio / named(voice, one) for one in asked]
    missing = [(path, one) for path, one in dict(zip(paths, asked, strict=True)).items() if not path.exists()]
    parts = [missing[start : start + BATCH] for start in range(0, len(missing), BATCH)]
    with ProcessPoolExecutor(WORKERS) as pool:
        list(pool.map(partial(_batch, voice, encoding, entries or {}), parts))
    return paths


def _batch(voice: str, encoding: str, entries: Mapping[str, str], part: Sequence[tuple[Path, str]]) -> None:
    """One process; an utterance that fails ends it, and the rest is begun anew behind it."""
    names = sorted({name for _, text in part for name in _NAME.findall(text)} & entries.keys())
    lexicon = [f'(lex.add.entry \'("{name}" nil {entries[name]}))' for name in names]
    waiting = list(part)
    while waiting:
        new = {path: path.with_suffix(".new.wav") for path, _ in waiting}
        lines = [
            f'(utt.save.wave (utt.synth (Utterance Text "{text}")) "{new[path]}")' for path, text in waiting
        ]
        script = waiting[0][0].with_suffix(".scm")
        script.write_text("\n".join([f"({voice})", *lexicon, *lines]), encoding=encoding)
        subprocess.run(["festival", "-b", str(script)], check=False, capture_output=True)
        script.unlink()
        for path, made in new.items():
            if made.exists():
                made.replace(path)
        undone = [number for number, (path, _) in enumerate(waiting) if not path.exists()]
        waiting = waiting[undone[0] + 1 :] if undone else []
