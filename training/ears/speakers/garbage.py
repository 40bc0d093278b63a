"""Sounds in which nothing must be heard: foreign speech, animals, instruments, bells, music."""

from pathlib import Path

from training.ears.manifest import Group, Utterance
from training.ears.sound import audio_files

ASTERISK = Path("/usr/share/asterisk/sounds")
FOREIGN = {"en": "en_US_f_Allison", "es": "es_MX_f_Allison"}
"""Language → its package's folder. Both are one woman: whoever is held out must be somebody else."""
FOREIGN_HELD_OUT = {"fr": "fr_CA_f_June", "it": "it_IT_m_Carlo"}
STAMPS = Path("/usr/share/tuxpaint/stamps")
MUSIC = Path("/usr/share/asterisk/moh")
SHORTEST, LONGEST = 0.3, 6.0
"""Seconds; longer recordings are cut into pieces."""
_NO_SPEECH = frozenset(("silence", "beep", "beeperr", "ascending-2tone", "descending-2tone", "tt-monkeys"))


def foreign(audio: Path, languages: dict[str, str]) -> list[Utterance]:
    """The prompts of other languages' Asterisk packages."""
    rows = []
    for language, folder in languages.items():
        place = ASTERISK / folder
        for source in sorted(place.rglob("*.wav")):
            name = source.relative_to(place).with_suffix("")
            if not _NO_SPEECH.intersection(name.parts):
                path = audio / language / f"{'_'.join(name.parts)}.wav"
                rows += _pieces(source, path, "foreign", f"foreign-{language}")
    return rows


def effects(audio: Path) -> list[Utterance]:
    """What Tux Paint's stamps sound like; their spoken descriptions are left out."""
    rows = []
    for source in sorted(STAMPS.rglob("*.ogg")):
        if "_desc" not in source.stem:
            name = "_".join(source.relative_to(STAMPS).with_suffix("").parts)
            rows += _pieces(source, audio / f"{name}.wav", "effects", "effects", most=1)
    return rows


def music(audio: Path, most: int = 12) -> list[Utterance]:
    """Music on hold in pieces."""
    rows = []
    for source in sorted(MUSIC.glob("*.wav")):
        rows += _pieces(source, audio / f"{source.stem}.wav", "music", f"music-{source.stem}", most=most)
    return rows


def _pieces(source: Path, path: Path, group: Group, speaker: str, most: int = 3) -> list[Utterance]:
    """The source in pieces of LONGEST, at most so many."""
    sound, rate = audio_files.load(source)
    size = int(LONGEST * rate)
    rows = []
    for number, start in enumerate(range(0, len(sound), size)):
        piece = sound[start : start + size]
        if number == most or len(piece) < SHORTEST * rate:
            break
        target = path.with_stem(f"{path.stem}_{number}") if number else path
        if not target.exists():
            audio_files.save(target, piece, rate)
        rows.append(Utterance(target, group, speaker, "none"))
    return rows
