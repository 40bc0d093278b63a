"""Readings, short answers, calls for an operator, topics and near words, spoken by the held-out engine's voices.

No held-out person says any of these; kept as ru_tts_yesno.tsv and so on beside the other tables.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ivr.language.grammar import Grammar
from ivr.language.yesno import yes_or_no
from training.ears import manifest
from training.ears.evaluate.clips import What
from training.ears.manifest import Utterance
from training.ears.sound import audio_files
from training.ears.speakers import ru_tts
from training.ears.texts import wordings
from training.ears.texts.numbers_said import cardinal, group
from training.ears.words.speaking import Speaking

SEED = 1_000_033
COUNTS: Mapping[What, int] = {"numbers": 120, "yesno": 70, "operator": 50, "topic": 150, "near": 70}
"""Phrases of each kind; each voice says all of them."""
SHORT = 2
"""Words of a near phrase that stands alone."""
_ANSWERS = (
    "да",
    "нет",
    "ага",
    "верно",
    "неверно",
    "конечно",
    "правильно",
    "неправильно",
    "да верно",
    "нет неверно",
)


def tables(folder: Path, grammars: Mapping[str, Grammar]) -> dict[What, list[Utterance]]:
    """The utterances of each kind, spoken the first time.

    Raises subprocess.CalledProcessError without the engine's package or a C compiler.
    """
    paths = {what: folder / f"ru_tts_{what}.tsv" for what in COUNTS}
    if not all(path.exists() for path in paths.values()):
        speaking = Speaking.load()
        engine = ru_tts.Engine(folder / "ru_tts" / "engine")
        for what, texts in chosen(grammars, speaking).items():
            rows = _spoken(texts, what, folder / "ru_tts", engine, speaking)
            manifest.write(paths[what], rows)
    return {what: manifest.read(path) for what, path in paths.items()}


def chosen(grammars: Mapping[str, Grammar], speaking: Speaking) -> dict[What, list[str]]:
    """The texts, drawn from the grammars, meanings in turn."""
    rng = random.Random(SEED)
    menu, everywhere, yesno = (grammars[name] for name in ("menu", "everywhere", "yesno"))
    answers = [
        [text for text in _said(phrases, speaking) if yes_or_no(yesno, text) is not None]
        for phrases in yesno.phrases.values()
    ]
    near = [
        text
        for text in _said((*everywhere.decoys, *menu.decoys), speaking)
        if len(text.split()) <= SHORT and not (menu.match(text) or everywhere.match(text))
    ]
    groups: dict[What, list[list[str]]] = {
        "numbers": [[_reading(rng) for _ in range(COUNTS["numbers"])]],
        "yesno": [list(_ANSWERS), *answers],
        "operator": [_said(everywhere.phrases["operator"], speaking)],
        "topic": [_said(phrases, speaking) for phrases in menu.phrases.values()],
        "near": [near],
    }
    return {what: list(_in_turn(texts, COUNTS[what], rng)) for what, texts in groups.items()}


def _reading(rng: random.Random) -> str:
    """Five digits, a cardinal or groups of two and three."""
    digits = str(rng.randrange(10_000, 100_000))
    if rng.random() < 0.5:
        return " ".join(cardinal(int(digits), bare_thousand=True))
    place = rng.choice((2, 3))
    return ", ".join(" ".join(group(part)) for part in (digits[:place], digits[place:]))


def _in_turn(groups: Sequence[Sequence[str]], most: int, rng: random.Random) -> Iterable[str]:
    """At most so many texts, each once, from one group after the other."""
    left = [rng.sample(list(group), len(group)) for group in groups]
    found: dict[str, None] = {}
    while len(found) < most and any(left):
        for texts in left:
            if texts and len(found) < most:
                found[texts.pop()] = None
    return found


def _said(phrases: Iterable[Sequence[str]], speaking: Speaking) -> list[str]:
    texts = (wordings.clean(" ".join(phrase), speaking) for phrase in phrases)
    return list(dict.fromkeys(text for text in texts if text))


def _spoken(
    texts: Iterable[str], what: What, folder: Path, engine: ru_tts.Engine, speaking: Speaking
) -> list[Utterance]:
    rng = random.Random(SEED)
    rows = []
    for number, text in enumerate(texts):
        for voice in ru_tts.VOICES:
            path = folder / f"{what}_{voice}_{number:03}.wav"
            sound = engine.speak(speaking.marked(text), voice, rng.randint(80, 130), rng.randint(85, 120))
            audio_files.save(path, sound, ru_tts.RATE)
            rows.append(Utterance(path, "ru_tts", f"ru_tts-{voice}", "words", wordings.bare(text)))
    return rows
